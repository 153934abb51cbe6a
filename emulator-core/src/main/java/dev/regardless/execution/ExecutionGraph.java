package dev.regardless.execution;

import java.util.Arrays;

/**
 * A growing execution graph in flat arrays: events numbered densely in order of insertion, po, rf, one co list for each
 * location, and the transitive closures of (po | rf) and of the model's global order. Events are added and removed at the
 * end only; {@link #restrict} makes the graph that a revisit starts from. Allocates only to grow. Not thread-safe.
 *
 * <p>A new event has at most one edge to an older one, towards the write that co puts next; so consistency is one bit of
 * the closure, and only then do older rows change (and are saved first).
 */
public final class ExecutionGraph extends GraphArrays {

  private final MemoryModel model;
  private final boolean internalReadsFromOrders;

  public ExecutionGraph(MemoryModel model) {
    this.model = model;
    this.internalReadsFromOrders = model.internalReadsFromOrders();
  }

  public MemoryModel model() {
    return model;
  }

  /** Forgets all events. */
  public void clear() {
    forgetLocations();
    size = 0;
    before.forgetSaved();
    Arrays.fill(lengths, 0);
    Arrays.fill(spawnedBy, NONE);
  }

  // ---- adding events ----------------------------------------------------------------------------------------------------

  /**
   * Adds an event to the end of its thread. A read then needs {@link #readFrom}, a write {@link #place}.
   *
   * @param dependency read that the address depends on, or {@link #NONE}
   * @param partner for the write of a read-modify-write its read, otherwise {@link #NONE}
   * @return its number
   */
  public int append(int signature, int thread, int location, long value, int dependency, int partner) {
    int event = size;
    ensureEvents(event + 1);
    size = event + 1;
    int index = lengths[thread];
    int previous = index == 0 ? spawnedBy[thread] : threads[thread][index - 1];
    int at = event * STRIDE;
    fields[at + SIGNATURE] = signature;
    fields[at + THREAD] = thread;
    fields[at + INDEX] = index;
    fields[at + LOCATION] = location;
    fields[at + PREVIOUS] = previous;
    fields[at + SOURCE] = partner;
    fields[at + NEXT] = NONE;
    fields[at + PRIOR] = NONE;
    fields[at + READERS] = NONE;
    fields[at + DEPENDENCY] = dependency;
    fields[at + SAVED] = 0;
    fields[at + PHASE] = 0;
    values[event] = value;
    past.clear(event);
    before.clear(event);
    if (previous >= 0) {
      past.include(event, previous);
    }
    if (!Signature.isAccess(signature)) {
      if (Signature.kind(signature) == Signature.SPAWN) {
        spawnedBy[location] = event;
      }
      orderWholePast(event);
    } else {
      fields[at + FLOOR] = floorOf(previous, location);
      fields[at + BEFORE_HERE] = lastAdded[location];
      lastAdded[location] = event;
    }
    if (index == threads[thread].length) {
      threads[thread] = Arrays.copyOf(threads[thread], index * 2);
    }
    threads[thread][index] = event;
    lengths[thread] = index + 1;
    return event;
  }

  /** Sets what an awaiting read compares with. */
  public void operand(int event, long value) {
    operands[event] = value;
  }

  private void orderWholePast(int event) {
    for (int at = previous(event); at >= 0; at = previous(at)) {
      before.include(event, at);
    }
  }

  /** The oldest write of {@code location} that an event after {@code previous} in po may read. */
  public int floorOf(int previous, int location) {
    int newest = lastAdded[location];
    if (previous < 0 || newest < 0) {
      return INITIAL;
    }
    // Of the events of one thread the newest counts, and a spawned thread's are newer than what is before its spawn.
    for (int at = newest; at >= 0; at = fields[at * STRIDE + BEFORE_HERE]) {
      if (isUpTo(at, previous)) {
        int base = at * STRIDE;
        return Signature.kind(fields[base + SIGNATURE]) == Signature.READ ? fields[base + SOURCE] : at;
      }
    }
    return INITIAL;
  }

  /** Whether {@code event} is {@code last} or before it in po. */
  private boolean isUpTo(int event, int last) {
    int thread = fields[event * STRIDE + THREAD];
    for (int at = last; at >= 0; at = spawnedBy[fields[at * STRIDE + THREAD]]) {
      if (fields[at * STRIDE + THREAD] == thread) {
        return fields[event * STRIDE + INDEX] <= fields[at * STRIDE + INDEX];
      }
    }
    return false;
  }

  /** The event that the next event of {@code thread} would have before it in po, or {@link #NONE}. */
  public int lastOf(int thread) {
    int length = lengths[thread];
    return length == 0 ? spawnedBy[thread] : threads[thread][length - 1];
  }

  /** Removes the newest event, which must have neither rf edge nor place. */
  public void removeLast() {
    int event = --size;
    lengths[thread(event)]--;
    if (Signature.kind(signature(event)) == Signature.SPAWN) {
      spawnedBy[location(event)] = NONE;
    } else if (Signature.isAccess(signature(event))) {
      lastAdded[location(event)] = fields[event * STRIDE + BEFORE_HERE];
    }
  }

  /** For {@link MemoryModel}s: {@code earlier} and all before it is ordered before {@code event}. */
  public void order(int earlier, int event) {
    before.include(event, earlier);
  }

  /**
   * Lets a read read from {@code write}.
   *
   * @return false, and nothing has changed, if the model forbids it
   */
  public boolean readFrom(int read, int write) {
    int at = read * STRIDE;
    int location = fields[at + LOCATION];
    fields[at + SOURCE] = write;
    before.clear(read);
    if (write >= 0 && (internalReadsFromOrders || thread(write) != fields[at + THREAD])) {
      before.include(read, write);
    }
    model.orderLocally(this, read);
    int next = coNext(write, location);
    if (next >= 0 && !insertBefore(read, next)) {
      fields[at + SOURCE] = NONE;
      return false;
    }
    values[read] = writtenValue(write, location);
    past.clear(read);
    int previous = fields[at + PREVIOUS];
    if (previous >= 0) {
      past.include(read, previous);
    }
    if (write >= 0) {
      past.include(read, write);
      fields[at + NEXT] = fields[write * STRIDE + READERS];
      fields[write * STRIDE + READERS] = read;
    } else {
      fields[at + NEXT] = initialReaders[location];
      initialReaders[location] = read;
    }
    return true;
  }

  // Rows of older events are saved first, unless the edge adds nothing to them. Whether a *read* itself is in a row never
  // matters, because every edge to an older event leads to a write.
  private boolean insertBefore(int event, int next) {
    if (before.contains(event, next)) {
      return false;
    }
    if (!before.adds(event, next, isWrite(event))) {
      return true;
    }
    before.save(size);
    fields[event * STRIDE + SAVED] = size;
    before.propagate(event, next, size);
    return true;
  }

  private void takeBack(int event) {
    int saved = fields[event * STRIDE + SAVED];
    if (saved != 0) {
      before.restore(saved);
      fields[event * STRIDE + SAVED] = 0;
    }
  }

  /** Undoes {@link #readFrom}; last done, first undone. */
  public void unread(int read) {
    takeBack(read);
    int at = read * STRIDE;
    int write = fields[at + SOURCE];
    if (write >= 0) {
      fields[write * STRIDE + READERS] = fields[at + NEXT];
    } else {
      initialReaders[fields[at + LOCATION]] = fields[at + NEXT];
    }
    fields[at + SOURCE] = NONE;
  }

  /**
   * Places a write right after {@code prior} in co.
   *
   * @return false, and nothing has changed, if the model forbids it
   */
  public boolean place(int write, int prior) {
    int at = write * STRIDE;
    int location = fields[at + LOCATION];
    int next = coNext(prior, location);
    before.clear(write);
    if (prior >= 0) {
      before.include(write, prior);
    }
    for (int reader = firstReader(prior, location); reader >= 0; reader = nextReader(reader)) {
      before.include(write, reader);
    }
    model.orderLocally(this, write);
    if (next >= 0) {
      if (!insertBefore(write, next)) {
        return false;
      }
      fields[next * STRIDE + PRIOR] = write;
    } else {
      lastWrite[location] = write;
    }
    fields[at + NEXT] = next;
    fields[at + PRIOR] = prior;
    if (prior >= 0) {
      fields[prior * STRIDE + NEXT] = write;
    } else {
      firstWrite[location] = write;
    }
    return true;
  }

  /** Undoes {@link #place}; last done, first undone. */
  public void unplace(int write) {
    takeBack(write);
    int at = write * STRIDE;
    int location = fields[at + LOCATION];
    int next = fields[at + NEXT];
    int prior = fields[at + PRIOR];
    if (next >= 0) {
      fields[next * STRIDE + PRIOR] = prior;
    } else {
      lastWrite[location] = prior;
    }
    if (prior >= 0) {
      fields[prior * STRIDE + NEXT] = next;
    } else {
      firstWrite[location] = next;
    }
    fields[at + NEXT] = NONE;
    fields[at + PRIOR] = NONE;
  }

  // ---- revisits ---------------------------------------------------------------------------------------------------------

  /**
   * Becomes {@code source} restricted to {@code kept}: everything up to {@code read}, and what is before {@code write} in
   * (po | rf), and {@code write}; {@code read} has no rf edge and {@code write} no place. Correct only if every deleted
   * event is maximal (last in co among what stays, or reading such a write), so that no event that stays has a deleted
   * one before it.
   */
  public void restrict(ExecutionGraph source, long[] kept, int read, int write) {
    forgetLocations();
    ensureThreads(source.threadCount);
    for (int location = locations; location < source.locations; location++) {
      declareLocation(location, source.initialValues[location]);
    }
    before.compress(source.before, kept, source.size);
    past.compress(source.past, kept, source.size);
    Arrays.fill(lengths, 0, threadCount, 0);
    Arrays.fill(spawnedBy, 0, threadCount, NONE);
    size = 0;
    ensureEvents(source.size);
    System.arraycopy(source.fields, 0, fields, 0, (read + 1) * STRIDE);
    System.arraycopy(source.values, 0, values, 0, read + 1);
    System.arraycopy(source.operands, 0, operands, 0, read + 1);
    for (int event = 0; event <= read; event++) {
      map[event] = event;
    }
    int count = read + 1;
    for (int event = read + 1; event <= write; event++) {
      if ((kept[event >>> 6] & 1L << event) == 0) {
        map[event] = NONE;
        continue;
      }
      map[event] = count;
      System.arraycopy(source.fields, event * STRIDE, fields, count * STRIDE, STRIDE);
      values[count] = source.values[event];
      operands[count] = source.operands[event];
      count++;
    }
    size = count;
    for (int event = 0; event < count; event++) {
      fields[event * STRIDE + READERS] = NONE;
    }
    for (int event = 0; event < count; event++) {
      relink(event, read, map[write]);
    }
  }

  private int mapped(int event) {
    return event < 0 ? event : map[event];
  }

  private void relink(int event, int read, int write) {
    int at = event * STRIDE;
    int thread = fields[at + THREAD];
    int index = fields[at + INDEX];
    int location = fields[at + LOCATION];
    int[] events = threads[thread];
    if (index >= events.length) {
      events = threads[thread] = Arrays.copyOf(events, index * 2);
    }
    events[index] = event;
    lengths[thread] = index + 1;
    fields[at + SAVED] = 0;
    fields[at + PREVIOUS] = mapped(fields[at + PREVIOUS]);
    fields[at + DEPENDENCY] = mapped(fields[at + DEPENDENCY]);
    int kind = Signature.kind(fields[at + SIGNATURE]);
    if (kind == Signature.SPAWN) {
      spawnedBy[location] = event;
    }
    if (!Signature.isAccess(kind)) {
      return;
    }
    fields[at + SOURCE] = mapped(fields[at + SOURCE]);
    fields[at + FLOOR] = mapped(fields[at + FLOOR]);
    fields[at + BEFORE_HERE] = lastAdded[location];
    lastAdded[location] = event;
    if (kind == Signature.READ) {
      if (event == read) {
        fields[at + SOURCE] = NONE;
      } else {
        linkReader(event, fields[at + SOURCE], location);
      }
    } else if (event == write) {
      fields[at + NEXT] = NONE;
      fields[at + PRIOR] = NONE;
    } else {
      int next = mapped(fields[at + NEXT]);
      int prior = mapped(fields[at + PRIOR]);
      fields[at + NEXT] = next;
      fields[at + PRIOR] = prior;
      if (next < 0) {
        lastWrite[location] = event;
      }
      if (prior < 0) {
        firstWrite[location] = event;
      }
    }
  }

  private void linkReader(int read, int write, int location) {
    if (write < 0) {
      fields[read * STRIDE + NEXT] = initialReaders[location];
      initialReaders[location] = read;
    } else {
      fields[read * STRIDE + NEXT] = fields[write * STRIDE + READERS];
      fields[write * STRIDE + READERS] = read;
    }
  }

  // ---- restoring ----------------------------------------------------------------------------------------------------------

  /**
   * Sets the rf edge of a read whose write may not be there yet, right after the read was appended; {@link #restore} does
   * the rest.
   */
  public void source(int read, int write) {
    fields[read * STRIDE + SOURCE] = write;
  }

  /**
   * Makes the graph whole after all events were appended: co from each write's predecessor in {@code priors} ({@link
   * #NONE} for a write without place), readers, values, and both closures.
   */
  public void restore(int[] priors) {
    for (int event = 0; event < size; event++) {
      int at = event * STRIDE;
      int prior = priors[event];
      if (!isWrite(event) || prior == NONE) {
        continue;
      }
      fields[at + PRIOR] = prior;
      if (prior >= 0) {
        fields[prior * STRIDE + NEXT] = event;
      } else {
        firstWrite[fields[at + LOCATION]] = event;
      }
    }
    for (int event = 0; event < size; event++) {
      int at = event * STRIDE;
      int location = fields[at + LOCATION];
      if (isWrite(event) && fields[at + PRIOR] != NONE && fields[at + NEXT] == NONE) {
        lastWrite[location] = event;
      } else if (isRead(event) && fields[at + SOURCE] != NONE) {
        linkReader(event, fields[at + SOURCE], location);
        values[event] = writtenValue(fields[at + SOURCE], location);
      }
    }
    while (closeOnce()) {
      // Rows only grow, and there are finitely many bits.
    }
  }

  private boolean closeOnce() {
    long sum = before.count(size) + past.count(size);
    for (int event = 0; event < size; event++) {
      int at = event * STRIDE;
      int previous = fields[at + PREVIOUS];
      if (previous >= 0) {
        past.include(event, previous);
      }
      int kind = Signature.kind(fields[at + SIGNATURE]);
      if (!Signature.isAccess(kind)) {
        orderWholePast(event);
      } else if (kind == Signature.READ && fields[at + SOURCE] != NONE) {
        closeRead(event, fields[at + SOURCE]);
      } else if (kind == Signature.WRITE && fields[at + PRIOR] != NONE) {
        closeWrite(event, fields[at + PRIOR], fields[at + LOCATION]);
      }
    }
    return before.count(size) + past.count(size) != sum;
  }

  private void closeRead(int read, int write) {
    if (write >= 0) {
      past.include(read, write);
      if (internalReadsFromOrders || thread(write) != thread(read)) {
        before.include(read, write);
      }
    }
    model.orderLocally(this, read);
  }

  private void closeWrite(int write, int prior, int location) {
    if (prior >= 0) {
      before.include(write, prior);
    }
    for (int reader = firstReader(prior, location); reader >= 0; reader = nextReader(reader)) {
      before.include(write, reader);
    }
    model.orderLocally(this, write);
  }
}
