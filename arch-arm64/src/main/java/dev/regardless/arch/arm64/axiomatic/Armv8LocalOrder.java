package dev.regardless.arch.arm64.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.axiomatic.LocalRelation;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;

/**
 * What Armv8 orders within a thread: locally-ordered-before of DDI 0487 B2.3, with pick dependencies, for explicit
 * accesses to normal memory of one size.
 *
 * <p>The names of the parts (dob, aob, bob, pob) are the architecture's. Hazards between reads of one location need no
 * clause here: with coherence as the engine keeps it they follow.
 */
public final class Armv8LocalOrder implements LocalOrder {
  @Override
  public String name() {
    return "armv8";
  }

  @Override
  public long[] order(LocalEvents events) {
    return new Builder(events).build();
  }

  private static final class Builder {
    private final LocalEvents events;
    private final int count;
    private final long reads;
    private final long writes;
    private final long accesses;
    private final long[] order;
    private final long[] after;
    private final long[] nextRead;

    Builder(LocalEvents events) {
      this.events = events;
      count = events.count();
      reads = events.reads();
      writes = events.writes();
      accesses = reads | writes;
      order = new long[count];
      after = new long[count];
      nextRead = new long[count];
      for (int event = 0; event < count; event++) {
        after[event] = events.after(event);
      }
      for (int event = 0; event < count; event++) {
        if ((writes >>> event & 1) != 0) {
          nextRead[event] = readsBeforeNextWrite(event);
        }
      }
    }

    long[] build() {
      sameLocationWrites();
      dependencies();
      pickDependencies();
      atomics();
      barriers();
      annotatedAccesses();
      LocalRelation.close(order);
      afterPick();
      return order;
    }

    /** The reads of the write's location that no other write of it comes before. */
    private long readsBeforeNextWrite(int write) {
      long result = 0;
      for (long rest = after[write] & reads; rest != 0; rest &= rest - 1) {
        int read = Long.numberOfTrailingZeros(rest);
        if (events.cell(read) == events.cell(write) && !writtenBetween(write, read)) {
          result |= 1L << read;
        }
      }
      return result;
    }

    private boolean writtenBetween(int write, int read) {
      for (long rest = after[write] & writes; rest != 0; rest &= rest - 1) {
        int other = Long.numberOfTrailingZeros(rest);
        if (events.cell(other) == events.cell(write) && (after[other] >>> read & 1) != 0) {
          return true;
        }
      }
      return false;
    }

    private void sameLocationWrites() {
      for (int event = 0; event < count; event++) {
        if ((accesses >>> event & 1) != 0) {
          for (long rest = after[event] & writes; rest != 0; rest &= rest - 1) {
            int write = Long.numberOfTrailingZeros(rest);
            if (events.cell(write) == events.cell(event)) {
              order[event] |= 1L << write | events.united(write);
            }
          }
        }
      }
    }

    private void orderAll(long sources, long targets) {
      for (long rest = sources; rest != 0; rest &= rest - 1) {
        order[Long.numberOfTrailingZeros(rest)] |= targets;
      }
    }

    /** dob, and what ISB adds to control and address dependencies. */
    private void dependencies() {
      for (int event = 0; event < count; event++) {
        long bit = 1L << event;
        if ((accesses & bit) != 0) {
          orderAll(events.addressSources(event), bit | (after[event] & writes) | nextRead[event]);
          orderAll(events.dataSources(event), bit | nextRead[event]);
          if ((writes & bit) != 0) {
            orderAll(events.controlSources(event), bit);
          }
        } else if (events.fence(event) == FenceKind.INSTRUCTION) {
          orderAll(events.controlSources(event) | events.pickControlSources(event), after[event] & accesses);
          for (long rest = accesses; rest != 0; rest &= rest - 1) {
            int access = Long.numberOfTrailingZeros(rest);
            if ((after[access] & bit) != 0) {
              orderAll(events.addressSources(access) | events.pickAddressSources(access), after[event] & accesses);
            }
          }
        }
      }
    }

    /** pob. */
    private void pickDependencies() {
      for (long rest = accesses; rest != 0; rest &= rest - 1) {
        int event = Long.numberOfTrailingZeros(rest);
        long bit = 1L << event;
        orderAll(events.pickAddressSources(event), (bit | after[event]) & writes);
        if ((writes & bit) != 0) {
          orderAll(events.pickDataSources(event) | events.pickControlSources(event), bit);
        }
      }
    }

    /** aob. */
    private void atomics() {
      long acquires = events.annotated(Annotation.ACQUIRE | Annotation.ACQUIRE_PC) & reads;
      for (long rest = reads; rest != 0; rest &= rest - 1) {
        int read = Long.numberOfTrailingZeros(rest);
        for (long partners = events.atomicPartners(read); partners != 0; partners &= partners - 1) {
          int write = Long.numberOfTrailingZeros(partners);
          order[read] |= 1L << write | (nextRead[write] & acquires);
        }
      }
    }

    /** The barriers' part of bob, and DSB. */
    private void barriers() {
      long counted = reads & ~events.annotated(Annotation.NO_RETURN);
      for (int fence = 0; fence < count; fence++) {
        if (events.kind(fence) != LocalEvents.Kind.FENCE) {
          continue;
        }
        long before = 0;
        for (int event = 0; event < fence; event++) {
          before |= (after[event] >>> fence & 1) << event;
        }
        long later = after[fence] & accesses;
        switch (events.fence(fence)) {
          case FULL, COMPLETION_FULL -> orderAll(before & accesses, later);
          case LOAD, COMPLETION_LOAD -> orderAll(before & counted, later);
          case STORE -> orderAll(before & writes, later & writes);
          case COMPLETION_STORE -> orderAll(before & writes, later);
          case INSTRUCTION -> {
            // Orders only together with what comes before it: see dependencies().
          }
        }
      }
    }

    /** The part of bob that comes from acquire and release, and the order inside LDIAPP and STILP. */
    private void annotatedAccesses() {
      long strongAcquires = events.annotated(Annotation.ACQUIRE) & reads;
      long acquires = events.annotated(Annotation.ACQUIRE | Annotation.ACQUIRE_PC) & reads;
      long releases = events.annotated(Annotation.RELEASE) & writes;
      for (long rest = accesses; rest != 0; rest &= rest - 1) {
        int event = Long.numberOfTrailingZeros(rest);
        long bit = 1L << event;
        order[event] |= after[event] & releases;
        if ((acquires & bit) != 0) {
          order[event] |= after[event] & accesses;
        }
        if ((releases & bit) != 0) {
          order[event] |= after[event] & strongAcquires;
        }
        if ((strongAcquires & bit) != 0 && (events.annotations(event) & Annotation.ATOMIC) != 0) {
          orderAll(events.atomicPartners(event) & releases, after[event] & accesses);
        }
        if ((events.annotations(event) & Annotation.IN_ORDER) != 0) {
          order[event - 1] |= bit;
        }
      }
    }

    /** A pick dependency, then anything ordered, then a write. */
    private void afterPick() {
      long[] extended = new long[count];
      for (long rest = accesses; rest != 0; rest &= rest - 1) {
        int event = Long.numberOfTrailingZeros(rest);
        long sources = events.pickSources(event) | events.pickAddressSources(event)
            | events.pickDataSources(event) | events.pickControlSources(event);
        for (long from = sources; from != 0; from &= from - 1) {
          extended[Long.numberOfTrailingZeros(from)] |= order[event] & writes;
        }
      }
      LocalRelation.addAll(order, extended);
    }
  }
}
