package dev.regardless.axiomatic;

import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of one thread along one path, numbered in program order, at most {@link #LIMIT}. Sets of events are masks:
 * bit {@code i} is event {@code i}.
 *
 * <p>Events of one instruction carry the same {@linkplain #instance instance} and are not ordered by program order.
 */
public final class LocalEvents {
  /** How many events a thread may have. */
  public static final int LIMIT = 64;

  /** What an event is. */
  public enum Kind {
    /** A read of memory. */
    READ,
    /** A write to memory. */
    WRITE,
    /** A fence. */
    FENCE
  }

  private final Kind[] kinds = new Kind[LIMIT];
  private final int[] instances = new int[LIMIT];
  private final int[] instructions = new int[LIMIT];
  private final int[] cells = new int[LIMIT];
  private final int[] annotations = new int[LIMIT];
  private final @Nullable FenceKind[] fences = new FenceKind[LIMIT];
  private final long[] address = new long[LIMIT];
  private final long[] data = new long[LIMIT];
  private final long[] control = new long[LIMIT];
  private final long[] pickAddress = new long[LIMIT];
  private final long[] pickData = new long[LIMIT];
  private final long[] pickControl = new long[LIMIT];
  private final long[] pick = new long[LIMIT];
  private long reads;
  private long writes;
  private int count;

  /** No events. */
  public LocalEvents() {}

  /** A copy that can be extended on its own. */
  public LocalEvents(LocalEvents other) {
    count = other.count;
    reads = other.reads;
    writes = other.writes;
    System.arraycopy(other.kinds, 0, kinds, 0, count);
    System.arraycopy(other.instances, 0, instances, 0, count);
    System.arraycopy(other.instructions, 0, instructions, 0, count);
    System.arraycopy(other.cells, 0, cells, 0, count);
    System.arraycopy(other.annotations, 0, annotations, 0, count);
    System.arraycopy(other.fences, 0, fences, 0, count);
    System.arraycopy(other.address, 0, address, 0, count);
    System.arraycopy(other.data, 0, data, 0, count);
    System.arraycopy(other.control, 0, control, 0, count);
    System.arraycopy(other.pickAddress, 0, pickAddress, 0, count);
    System.arraycopy(other.pickData, 0, pickData, 0, count);
    System.arraycopy(other.pickControl, 0, pickControl, 0, count);
    System.arraycopy(other.pick, 0, pick, 0, count);
  }

  /** Adds a fence. */
  public int addFence(FenceKind fence, int instance, int instruction, long controlSources, long pickControlSources) {
    int event = add(Kind.FENCE, instance, instruction, controlSources, pickControlSources);
    fences[event] = fence;
    cells[event] = -1;
    annotations[event] = 0;
    return event;
  }

  /** Adds a read or a write; its address and data dependencies follow with {@link #depend}. */
  public int addAccess(Kind kind, int instance, int instruction, int cell, int annotationBits, long controlSources,
      long pickControlSources) {
    int event = add(kind, instance, instruction, controlSources, pickControlSources);
    cells[event] = cell;
    annotations[event] = annotationBits;
    if (kind == Kind.READ) {
      reads |= 1L << event;
    } else {
      writes |= 1L << event;
    }
    return event;
  }

  private int add(Kind kind, int instance, int instruction, long controlSources, long pickControlSources) {
    int event = count++;
    kinds[event] = kind;
    instances[event] = instance;
    instructions[event] = instruction;
    control[event] = controlSources;
    pickControl[event] = pickControlSources;
    address[event] = 0;
    data[event] = 0;
    pickAddress[event] = 0;
    pickData[event] = 0;
    pick[event] = 0;
    return event;
  }

  /** Sets the reads that an access depends on. */
  public void depend(int event, long addressSources, long dataSources, long pickAddressSources, long pickDataSources,
      long pickSources) {
    address[event] = addressSources;
    data[event] = dataSources;
    pickAddress[event] = pickAddressSources;
    pickData[event] = pickDataSources;
    pick[event] = pickSources;
  }

  /** How many events there are. */
  public int count() {
    return count;
  }

  /** What the event is. */
  public Kind kind(int event) {
    return Objects.requireNonNull(kinds[event]);
  }

  /** The number of the executed instruction it belongs to, from 0 along the path. */
  public int instance(int event) {
    return instances[event];
  }

  /** The code address' index of its instruction in the thread that holds the code. */
  public int instruction(int event) {
    return instructions[event];
  }

  /** The memory cell; -1 for a fence. */
  public int cell(int event) {
    return cells[event];
  }

  /** Bits of {@link Annotation}. */
  public int annotations(int event) {
    return annotations[event];
  }

  /** The kind of a fence. */
  public FenceKind fence(int event) {
    return Objects.requireNonNull(fences[event]);
  }

  /** All reads. */
  public long reads() {
    return reads;
  }

  /** All writes. */
  public long writes() {
    return writes;
  }

  /** All accesses that carry one of the annotation bits. */
  public long annotated(int bits) {
    long mask = 0;
    for (int event = 0; event < count; event++) {
      if ((annotations[event] & bits) != 0) {
        mask |= 1L << event;
      }
    }
    return mask;
  }

  /** The fences of one of the kinds. */
  public long fences(FenceKind... wanted) {
    long mask = 0;
    for (int event = 0; event < count; event++) {
      for (FenceKind kind : wanted) {
        if (fences[event] == kind && kinds[event] == Kind.FENCE) {
          mask |= 1L << event;
        }
      }
    }
    return mask;
  }

  /** The events of later instructions than the event's. */
  public long after(int event) {
    long mask = 0;
    for (int later = event + 1; later < count; later++) {
      if (instances[later] != instances[event]) {
        mask |= 1L << later;
      }
    }
    return mask;
  }

  /** The reads that the event's address is computed from. */
  public long addressSources(int event) {
    return address[event];
  }

  /** The reads that a write's data is computed from. */
  public long dataSources(int event) {
    return data[event];
  }

  /** The reads that a branch before the event depends on. */
  public long controlSources(int event) {
    return control[event];
  }

  /** As {@link #addressSources}, through conditional selection too. */
  public long pickAddressSources(int event) {
    return pickAddress[event];
  }

  /** As {@link #dataSources}, through conditional selection too. */
  public long pickDataSources(int event) {
    return pickData[event];
  }

  /** As {@link #controlSources}, through conditional selection too. */
  public long pickControlSources(int event) {
    return pickControl[event];
  }

  /** The reads of earlier instructions that the event depends on in any of these ways, save by control. */
  public long pickSources(int event) {
    return pick[event];
  }

  /** The other accesses that are single-copy atomic together with this one. */
  public long united(int event) {
    if ((annotations[event] & Annotation.UNITED) == 0) {
      return 0;
    }
    long mask = 0;
    for (int other = 0; other < count; other++) {
      if (other != event && instances[other] == instances[event] && kinds[other] == kinds[event]
          && (annotations[other] & Annotation.UNITED) != 0) {
        mask |= 1L << other;
      }
    }
    return mask;
  }

  /** The writes that form an atomic pair with a read: of the same instruction, or the next exclusive store. */
  public long atomicPartners(int read) {
    if ((annotations[read] & Annotation.ATOMIC) != 0) {
      return sameInstructionWrites(read);
    }
    return (annotations[read] & Annotation.EXCLUSIVE) != 0 ? exclusivePartners(read) : 0;
  }

  private long sameInstructionWrites(int read) {
    long mask = 0;
    for (int event = 0; event < count; event++) {
      if (kinds[event] == Kind.WRITE && instances[event] == instances[read] && cells[event] == cells[read]
          && (annotations[event] & Annotation.ATOMIC) != 0) {
        mask |= 1L << event;
      }
    }
    return mask;
  }

  private long exclusivePartners(int read) {
    long mask = 0;
    int partner = -1;
    for (int event = read + 1; event < count; event++) {
      if ((annotations[event] & Annotation.EXCLUSIVE) == 0 || instances[event] == instances[read]) {
        continue;
      }
      if (partner < 0) {
        partner = instances[event];
      }
      if (instances[event] == partner && kinds[event] == Kind.WRITE) {
        mask |= 1L << event;
      }
    }
    return mask;
  }
}
