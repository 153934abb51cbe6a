package dev.regardless.execution;

import java.util.Arrays;

/** The arrays of an {@link ExecutionGraph}, and everything that only reads them. */
abstract class GraphArrays {

  /** The initial write of a location. */
  public static final int INITIAL = Execution.INITIAL;
  /** No event. */
  public static final int NONE = -2;

  static final int STRIDE = 16;
  static final int SIGNATURE = 0;
  static final int THREAD = 1;
  static final int INDEX = 2;
  static final int LOCATION = 3;
  static final int PREVIOUS = 4;
  static final int SOURCE = 5; // of a read: the write; of a write: the read of its read-modify-write
  static final int NEXT = 6; // of a write: next in co; of a read: next reader of the same write
  static final int PRIOR = 7; // of a write: previous in co; NONE if it has no place yet
  static final int READERS = 8;
  static final int DEPENDENCY = 9;
  static final int FLOOR = 10;
  static final int CURSOR = 11;
  static final int PHASE = 12;
  static final int SAVED = 13;
  static final int BEFORE_HERE = 14; // the event added before this one at the same location

  final BitRows before = new BitRows();
  final BitRows past = new BitRows();
  int[] fields = new int[64 * STRIDE];
  long[] values = new long[64];
  long[] operands = new long[64];
  int[] map = new int[64];
  int size;
  int[] firstWrite = new int[64];
  int[] lastWrite = new int[64];
  int[] initialReaders = new int[64];
  int[] lastAdded = new int[64]; // at each location
  long[] initialValues = new long[64];
  int locations;
  int[][] threads = new int[8][];
  int[] lengths = new int[8];
  int[] spawnedBy = new int[8];
  int threadCount;

  // ---- size -----------------------------------------------------------------------------------------------------------

  /** Makes room for threads below {@code count}. */
  public final void ensureThreads(int count) {
    if (count <= threadCount) {
      return;
    }
    int old = threadCount;
    threadCount = count;
    if (count > threads.length) {
      int room = Math.max(count, threads.length * 2);
      threads = Arrays.copyOf(threads, room);
      lengths = Arrays.copyOf(lengths, room);
      spawnedBy = Arrays.copyOf(spawnedBy, room);
    }
    for (int thread = old; thread < count; thread++) {
      threads[thread] = new int[16];
      spawnedBy[thread] = NONE;
    }
  }

  /** Declares a location's initial value; locations are declared in order. */
  public final void declareLocation(int location, long initial) {
    if (location >= firstWrite.length) {
      int room = Math.max(location + 1, firstWrite.length * 2);
      firstWrite = Arrays.copyOf(firstWrite, room);
      lastWrite = Arrays.copyOf(lastWrite, room);
      initialReaders = Arrays.copyOf(initialReaders, room);
      lastAdded = Arrays.copyOf(lastAdded, room);
      initialValues = Arrays.copyOf(initialValues, room);
    }
    firstWrite[location] = NONE;
    lastWrite[location] = INITIAL;
    initialReaders[location] = NONE;
    lastAdded[location] = NONE;
    initialValues[location] = initial;
    locations = Math.max(locations, location + 1);
  }

  public final int locations() {
    return locations;
  }

  public final int threads() {
    return threadCount;
  }

  /** Number of events. */
  public final int size() {
    return size;
  }

  final void ensureEvents(int count) {
    if (count > values.length) {
      int room = Math.max(count, values.length * 2);
      fields = Arrays.copyOf(fields, room * STRIDE);
      values = Arrays.copyOf(values, room);
      operands = Arrays.copyOf(operands, room);
      map = Arrays.copyOf(map, room);
    }
    before.ensure(count);
    past.ensure(count);
  }

  // ---- reading the graph ------------------------------------------------------------------------------------------------

  public final int signature(int event) {
    return fields[event * STRIDE + SIGNATURE];
  }

  public final boolean isRead(int event) {
    return Signature.isRead(signature(event));
  }

  public final boolean isWrite(int event) {
    return Signature.isWrite(signature(event));
  }

  public final int thread(int event) {
    return fields[event * STRIDE + THREAD];
  }

  /** Position of the event in its thread, from 0. */
  public final int index(int event) {
    return fields[event * STRIDE + INDEX];
  }

  /** What the event accesses; of a {@link Signature#SPAWN} the thread that it starts; of a grace period its thread. */
  public final int location(int event) {
    return fields[event * STRIDE + LOCATION];
  }

  /** The event before this one in po; for a thread's first event the spawn that started it, or {@link #NONE}. */
  public final int previous(int event) {
    return fields[event * STRIDE + PREVIOUS];
  }

  /** The write that a read reads from, {@link #INITIAL}, or {@link #NONE} while undecided. */
  public final int readsFrom(int read) {
    return fields[read * STRIDE + SOURCE];
  }

  /** The read of the read-modify-write that a write is half of, or {@link #NONE}. */
  public final int partner(int write) {
    return fields[write * STRIDE + SOURCE];
  }

  /** The read that the event's address depends on, or {@link #NONE}. */
  public final int dependency(int event) {
    return fields[event * STRIDE + DEPENDENCY];
  }

  public final long value(int event) {
    return values[event];
  }

  /** What an awaiting read compares with. */
  public final long operand(int event) {
    return operands[event];
  }

  /** The value of a write of {@code location}, which may be {@link #INITIAL}. */
  public final long writtenValue(int write, int location) {
    return write == INITIAL ? initialValues[location] : values[write];
  }

  /** The write after {@code write} in the co of {@code location}, or {@link #NONE}. */
  public final int coNext(int write, int location) {
    return write == INITIAL ? firstWrite[location] : fields[write * STRIDE + NEXT];
  }

  /** The write before {@code write} in co, {@link #INITIAL}, or {@link #NONE} for a write without a place. */
  public final int coPrevious(int write) {
    return fields[write * STRIDE + PRIOR];
  }

  /** The last write of the location in co; {@link #INITIAL} if there is none. */
  public final int coLast(int location) {
    return lastWrite[location];
  }

  /** The value of the last write of the location in co. */
  public final long finalValue(int location) {
    return writtenValue(lastWrite[location], location);
  }

  /** The first of the list of reads that read the write, or {@link #NONE}; see {@link #nextReader}. */
  public final int firstReader(int write, int location) {
    return write == INITIAL ? initialReaders[location] : fields[write * STRIDE + READERS];
  }

  public final int nextReader(int read) {
    return fields[read * STRIDE + NEXT];
  }

  /** The oldest write that coherence lets the event read, or that a write must be after; fixed when it was added. */
  public final int floor(int event) {
    return fields[event * STRIDE + FLOOR];
  }

  /** The event at the location that was added last, or {@link #NONE}; see {@link #addedBefore}. */
  public final int lastAdded(int location) {
    return lastAdded[location];
  }

  /** The event at the same location that was added before this one, or {@link #NONE}. */
  public final int addedBefore(int event) {
    return fields[event * STRIDE + BEFORE_HERE];
  }

  /** Whether a read-modify-write that reads {@code write} has its own write right after it: nothing fits between. */
  public final boolean isConsumed(int write, int location) {
    int next = coNext(write, location);
    if (next < 0) {
      return false;
    }
    int partner = partner(next);
    return partner >= 0 && readsFrom(partner) == write;
  }

  public final int length(int thread) {
    return lengths[thread];
  }

  /** The events of a thread in order; valid up to {@link #length}, until the thread grows. */
  public final int[] events(int thread) {
    return threads[thread];
  }

  /** The spawn event that started the thread, or {@link #NONE}. */
  public final int spawnedBy(int thread) {
    return spawnedBy[thread];
  }

  /** Whether {@code earlier} is before {@code event} in (po | rf)+. */
  public final boolean isPast(int earlier, int event) {
    return past.contains(event, earlier);
  }

  /** Word {@code index} of the set of events before {@code event} in (po | rf)+. */
  public final long pastWord(int event, int index) {
    return past.word(event, index);
  }

  public final int words() {
    return past.words();
  }

  /** Whether the model's global order puts {@code earlier} before {@code event}; complete for writes only. */
  public final boolean isOrdered(int earlier, int event) {
    return before.contains(event, earlier);
  }

  /** Word {@code index} of the set of events for which {@link #isOrdered} holds before {@code event}. */
  public final long orderedWord(int event, int index) {
    return before.word(event, index);
  }

  // ---- the explorer's own two numbers of each event ---------------------------------------------------------------------

  public final int cursor(int event) {
    return fields[event * STRIDE + CURSOR];
  }

  public final void cursor(int event, int value) {
    fields[event * STRIDE + CURSOR] = value;
  }

  public final int phase(int event) {
    return fields[event * STRIDE + PHASE];
  }

  public final void phase(int event, int value) {
    fields[event * STRIDE + PHASE] = value;
  }

  final void forgetLocations() {
    for (int event = 0; event < size; event++) {
      int at = event * STRIDE;
      if (Signature.isAccess(fields[at + SIGNATURE])) {
        int location = fields[at + LOCATION];
        firstWrite[location] = NONE;
        lastWrite[location] = INITIAL;
        initialReaders[location] = NONE;
        lastAdded[location] = NONE;
      }
    }
  }
}
