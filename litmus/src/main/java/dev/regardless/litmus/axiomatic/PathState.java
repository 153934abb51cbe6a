package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a symbolic run of one thread stands. For registers and temporaries it keeps the value and two sets of reads that
 * the value depends on: by data, and by data or choice ({@code pick}). The same two sets are kept for events, because a
 * dependency may go through memory: from a write to the reads that follow it in the thread.
 */
final class PathState {
  final LocalEvents events;
  final int[] values;
  final long[] data;
  final long[] pick;
  /** The same for what reads of the running instruction have put into registers: its writes depend on registers only. */
  final long[] ownData;
  final long[] ownPick;
  private boolean anyOwn;
  final int[] widths;
  final int[] written;
  final long[] eventData;
  final long[] eventPick;
  final Map<Long, Integer> jumpsBack;
  final Map<Long, Integer> forksAtJump;
  int[] conditions;
  boolean[] mustHold;
  int conditionCount;
  long control;
  long pickControl;
  long address;
  int step;
  int instance;
  int steps;
  int forks;
  boolean wild;

  PathState(int registers, int temporaries, long address) {
    events = new LocalEvents();
    values = new int[registers + temporaries];
    data = new long[registers + temporaries];
    pick = new long[registers + temporaries];
    ownData = new long[registers + temporaries];
    ownPick = new long[registers + temporaries];
    widths = new int[LocalEvents.LIMIT];
    written = new int[LocalEvents.LIMIT];
    eventData = new long[LocalEvents.LIMIT];
    eventPick = new long[LocalEvents.LIMIT];
    jumpsBack = new HashMap<>();
    forksAtJump = new HashMap<>();
    conditions = new int[4];
    mustHold = new boolean[4];
    this.address = address;
  }

  PathState(PathState other) {
    events = new LocalEvents(other.events);
    values = other.values.clone();
    data = other.data.clone();
    pick = other.pick.clone();
    ownData = other.ownData.clone();
    ownPick = other.ownPick.clone();
    anyOwn = other.anyOwn;
    widths = other.widths.clone();
    written = other.written.clone();
    eventData = other.eventData.clone();
    eventPick = other.eventPick.clone();
    jumpsBack = new HashMap<>(other.jumpsBack);
    forksAtJump = new HashMap<>(other.forksAtJump);
    forks = other.forks;
    conditions = other.conditions.clone();
    mustHold = other.mustHold.clone();
    conditionCount = other.conditionCount;
    control = other.control;
    pickControl = other.pickControl;
    address = other.address;
    step = other.step;
    instance = other.instance;
    steps = other.steps;
    wild = other.wild;
  }

  void require(int condition, boolean holds) {
    if (conditionCount == conditions.length) {
      conditions = Arrays.copyOf(conditions, 2 * conditionCount);
      mustHold = Arrays.copyOf(mustHold, 2 * conditionCount);
    }
    conditions[conditionCount] = condition;
    mustHold[conditionCount] = holds;
    conditionCount++;
  }

  void set(int register, int value, long dataSources, long pickSources) {
    values[register] = value;
    data[register] = dataSources;
    pick[register] = pickSources;
    ownData[register] = 0;
    ownPick[register] = 0;
  }

  /** Adds what a register depends on through a read of the running instruction. */
  void setOwn(int register, long dataSources, long pickSources) {
    ownData[register] = dataSources;
    ownPick[register] = pickSources;
    anyOwn |= (dataSources | pickSources) != 0;
  }

  /** The instruction is over: for others what it read is in registers. */
  void endInstruction() {
    if (anyOwn) {
      for (int register = 0; register < data.length; register++) {
        data[register] |= ownData[register];
        pick[register] |= ownPick[register];
        ownData[register] = 0;
        ownPick[register] = 0;
      }
      anyOwn = false;
    }
  }

  long ownData(int register) {
    return register < 0 ? 0 : ownData[register];
  }

  long ownPick(int register) {
    return register < 0 ? 0 : ownPick[register];
  }

  long data(int register) {
    return register < 0 ? 0 : data[register];
  }

  long pick(int register) {
    return register < 0 ? 0 : pick[register];
  }

  /** The events of the instruction that is running. */
  long ownEvents() {
    long mask = 0;
    for (int event = events.count() - 1; event >= 0 && events.instance(event) == instance; event--) {
      mask |= 1L << event;
    }
    return mask;
  }

  /** The last write to the cell by an earlier instruction or an earlier step, or -1. */
  int lastWrite(int cell) {
    for (int event = events.count() - 1; event >= 0; event--) {
      if (events.kind(event) == LocalEvents.Kind.WRITE && events.cell(event) == cell
          && events.instance(event) != instance) {
        return event;
      }
    }
    return -1;
  }

  ThreadPath finish(Expressions expressions, int registers) {
    int count = events.count();
    return new ThreadPath(expressions, events, Arrays.copyOf(widths, count), Arrays.copyOf(written, count),
        Arrays.copyOf(conditions, conditionCount), Arrays.copyOf(mustHold, conditionCount),
        Arrays.copyOf(values, registers), wild);
  }
}
