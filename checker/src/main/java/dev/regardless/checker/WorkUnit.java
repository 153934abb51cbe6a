package dev.regardless.checker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of the search that can be done anywhere: a graph up to an open event, and which of that event's alternatives
 * remain. Threads and objects are named by how they came to be, because their numbers depend on the worker.
 *
 * @param kind which alternatives remain: one of the constants here
 * @param next the first of them: a write to read or to be placed after, or the read to go on revisiting from
 * @param read for {@link #REVISITED} the read, otherwise unused
 * @param threads for each thread beyond the initial ones: spawner, counter and kind
 * @param objects for each allocated object: thread, counter and cache
 * @param events {@link #FIELDS} numbers for each event: thread, signature, source or partner, prior in co, dependency,
 *     object of the location, offset in it, object of the value, object of the operand
 * @param values value and operand of each event
 */
record WorkUnit(int kind, int next, int read, int[] threads, int[] objects, int[] events, long[] values) {

  /** The whole search. */
  static final int ALL = 0;
  /** A read has older writes to read. */
  static final int READ = 1;
  /** A write has older places, and then reads to revisit. */
  static final int PLACE = 2;
  /** A write has reads to revisit. */
  static final int REVISIT = 3;
  /** A write that revisits a read has older places. */
  static final int REVISITED = 4;
  /** A grace period may never end. */
  static final int STAY = 5;

  static final int FIELDS = 9;

  private static final int[] NO_INTS = {};

  static WorkUnit all() {
    return new WorkUnit(ALL, 0, 0, NO_INTS, NO_INTS, NO_INTS, new long[0]);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(kind);
    out.writeInt(next);
    out.writeInt(read);
    write(out, threads);
    write(out, objects);
    write(out, events);
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  private static void write(DataOutput out, int[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (int number : numbers) {
      out.writeInt(number);
    }
  }

  static WorkUnit read(DataInput in) throws IOException {
    int kind = in.readInt();
    int next = in.readInt();
    int read = in.readInt();
    int[] threads = readInts(in);
    int[] objects = readInts(in);
    int[] events = readInts(in);
    long[] values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return new WorkUnit(kind, next, read, threads, objects, events, values);
  }

  private static int[] readInts(DataInput in) throws IOException {
    int[] numbers = new int[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readInt();
    }
    return numbers;
  }
}
