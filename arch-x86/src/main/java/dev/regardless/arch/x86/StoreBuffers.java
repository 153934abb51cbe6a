package dev.regardless.arch.x86;

import dev.regardless.emulation.Chooser;
import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.RmwOperation;
import dev.regardless.memory.Memory;
import java.util.Arrays;

/**
 * x86-TSO, literal to Sewell, Sarkar, Owens, Zappa Nardelli, Myreen, "x86-TSO: A Rigorous and Usable Programmer's Model
 * for x86 Multiprocessors", CACM 2010, section 3.2, and MODELS, x86-TSO: one first-in first-out store buffer for each
 * hardware thread, whose newest store to a location that thread's loads see; fences and locked instructions wait until
 * the thread's buffer is empty; otherwise the oldest store of a buffer goes to memory at any moment, which is the one
 * internal transition that a thread with a nonempty buffer has.
 *
 * <p>Every read-modify-write is taken for a locked one. A store to a full buffer first drains the oldest.
 */
final class StoreBuffers implements StorageSubsystem {

  private final Chooser chooser;
  private final StorageParameters.FreedWriteListener freedWrites;
  private final Buffer[] buffers;
  private long[] values = new long[0];
  private long[] versions = new long[0];
  private int[] writers = new int[0];

  StoreBuffers(StorageParameters parameters) {
    this.chooser = parameters.chooser();
    this.freedWrites = parameters.freedWrites();
    this.buffers = new Buffer[parameters.threads()];
    for (int thread = 0; thread < buffers.length; thread++) {
      buffers[thread] = new Buffer(parameters.storeBufferEntries());
    }
  }

  /** One thread's buffered stores, a ring: the oldest at {@code first}. */
  private static final class Buffer {
    final int capacity;
    final int mask;
    final int[] locations;
    final long[] values;
    int first;
    int size;

    /** Stores that have left. */
    long drained;

    /** Buffered stores to each location. */
    int[] stores = new int[0];

    Buffer(int capacity) {
      if (capacity < 1) {
        throw new IllegalArgumentException("store buffer entries: expected at least 1, got " + capacity);
      }
      int ring = Integer.highestOneBit(2 * capacity - 1);
      this.capacity = capacity;
      this.mask = ring - 1;
      this.locations = new int[ring];
      this.values = new long[ring];
    }

    /** Index of the newest store to the location, or -1. */
    int newest(int location) {
      if (stores[location] == 0) {
        return -1;
      }
      for (int i = first + size - 1; i >= first; i--) {
        if (locations[i & mask] == location) {
          return i & mask;
        }
      }
      return -1;
    }

    void add(int location, long value) {
      int i = (first + size++) & mask;
      locations[i] = location;
      values[i] = value;
      stores[location]++;
    }
  }

  @Override
  public void restart() {
    for (Buffer buffer : buffers) {
      buffer.first = 0;
      buffer.size = 0;
      buffer.drained = 0;
      Arrays.fill(buffer.stores, 0);
    }
  }

  @Override
  public void ensureLocations(int locations) {
    int old = values.length;
    if (locations > old) {
      int size = Math.max(locations, old * 2);
      values = Arrays.copyOf(values, size);
      versions = Arrays.copyOf(versions, size);
      writers = Arrays.copyOf(writers, size);
      Arrays.fill(writers, old, size, -1);
      for (Buffer buffer : buffers) {
        buffer.stores = Arrays.copyOf(buffer.stores, size);
      }
    }
  }

  /** Stores still buffered for the location are drained first, so that none arrives after its new life began. */
  @Override
  public void reset(int location, long value) {
    for (int thread = 0; thread < buffers.length; thread++) {
      Buffer buffer = buffers[thread];
      while (buffer.size > 0 && buffer.newest(location) >= 0) {
        drainOldest(thread, buffer);
      }
    }
    values[location] = value;
    versions[location]++;
    writers[location] = -1;
  }

  @Override
  public long load(int thread, int location, int access, long addressView) {
    Buffer buffer = buffers[thread];
    if (buffer.size > 0) {
      int own = buffer.newest(location);
      if (own >= 0) {
        return buffer.values[own];
      }
    }
    return values[location];
  }

  @Override
  public long loadNewest(int thread, int location, int access) {
    Buffer buffer = buffers[thread];
    while (buffer.size > 0 && buffer.newest(location) >= 0) {
      drainOldest(thread, buffer);
    }
    return values[location];
  }

  @Override
  public void store(int thread, int location, long value, int access, long addressView, long dataView) {
    Buffer buffer = buffers[thread];
    if (buffer.size == buffer.capacity) {
      drainOldest(thread, buffer);
    }
    buffer.add(location, value);
  }

  @Override
  public long readModifyWrite(
      int thread, int location, RmwOperation operation, long operand, int access, long addressView, long dataView) {
    drain(thread);
    long old = values[location];
    write(thread, location, operation.apply(old, operand));
    return old;
  }

  @Override
  public long compareExchange(
      int thread, int location, long expected, long desired, int access, long addressView, long dataView) {
    drain(thread);
    long old = values[location];
    if (old == expected) {
      write(thread, location, desired);
    }
    return old;
  }

  @Override
  public boolean storeExclusive(
      int thread, int location, long value, int access, long addressView, long dataView) {
    throw new IllegalArgumentException("x86 has no store-exclusive instruction");
  }

  /** Both fences there are wait for an empty buffer. */
  @Override
  public void fence(int thread, int fence) {
    drain(thread);
  }

  /** The thread, and how many stores it has made, if some are not in memory yet: its loads were made. */
  @Override
  public long releaseAll(int thread) {
    Buffer buffer = buffers[thread];
    return buffer.size == 0 ? 0 : (buffer.drained + buffer.size) * buffers.length + thread;
  }

  /** Waits until what was released is in memory; a load here reads memory no earlier than now. */
  @Override
  public void acquireAll(int thread, long released) {
    int from = (int) (released % buffers.length);
    Buffer buffer = buffers[from];
    while (buffer.drained < released / buffers.length) {
      drainOldest(from, buffer);
    }
  }

  @Override
  public void fenceAll() {
    int full = nonempty();
    while (full > 0) {
      int pick = full == 1 ? 0 : chooser.choose(full);
      for (int thread = 0; thread < buffers.length; thread++) {
        if (buffers[thread].size > 0 && pick-- == 0) {
          drainOldest(thread, buffers[thread]);
        }
      }
      full = nonempty();
    }
  }

  private int nonempty() {
    int count = 0;
    for (Buffer buffer : buffers) {
      count += buffer.size > 0 ? 1 : 0;
    }
    return count;
  }

  private void drain(int thread) {
    Buffer buffer = buffers[thread];
    while (buffer.size > 0) {
      drainOldest(thread, buffer);
    }
  }

  private void drainOldest(int thread, Buffer buffer) {
    int i = buffer.first;
    buffer.first = (i + 1) & buffer.mask;
    buffer.size--;
    buffer.drained++;
    buffer.stores[buffer.locations[i]]--;
    write(thread, buffer.locations[i], buffer.values[i]);
  }

  private void write(int thread, int location, long value) {
    if (values[location] == Memory.FREED && value != Memory.FREED) {
      freedWrites.wroteFreed(thread, location);
    }
    values[location] = value;
    versions[location]++;
    writers[location] = thread;
  }

  @Override
  public long lastView(int thread) {
    return 0;
  }

  @Override
  public boolean lastLoadWasNewest(int thread) {
    // A forwarded value stays until it drains, which changes the version.
    return true;
  }

  @Override
  public int transitions(int thread) {
    return buffers[thread].size > 0 ? 1 : 0;
  }

  @Override
  public void apply(int thread, int transition) {
    Buffer buffer = buffers[thread];
    if (transition != 0 || buffer.size == 0) {
      throw new IllegalArgumentException("no transition " + transition);
    }
    drainOldest(thread, buffer);
  }

  @Override
  public long newest(int location) {
    return values[location];
  }

  @Override
  public long version(int location) {
    return versions[location];
  }

  @Override
  public int lastWriter(int location) {
    return writers[location];
  }

  @Override
  public long forcedForward() {
    return 0;
  }
}
