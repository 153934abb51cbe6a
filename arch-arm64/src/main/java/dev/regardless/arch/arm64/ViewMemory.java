package dev.regardless.arch.arm64;

import static dev.regardless.arch.arm64.Histories.COHERENCE;
import static dev.regardless.arch.arm64.Histories.FORWARD_ATOMIC;
import static dev.regardless.arch.arm64.Histories.FORWARD_TIME;
import static dev.regardless.arch.arm64.Histories.FORWARD_VIEW;
import static dev.regardless.arch.arm64.Histories.LEASE;
import static dev.regardless.arch.arm64.Histories.TIME;
import static dev.regardless.arch.arm64.Histories.VALUE;

import dev.regardless.emulation.Chooser;
import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.Access;
import dev.regardless.machine.RmwOperation;
import dev.regardless.memory.Memory;

/**
 * Armv8's memory by views; the package's documentation says how it relates to Pulte et al., PLDI 2019. Every access is
 * performed in its turn: a read returns any message not older than its view, a write is placed anywhere later than its
 * view where nobody has relied on there being none. There are no internal transitions.
 *
 * <p>An atomic read-modify-write reads some message and places its own right after it, for good: nothing comes between.
 * So does a store-exclusive, if it still can; if not, its reservation is lost.
 *
 * <p>An acquire read of its thread's own atomic write comes after that write: aob's [range(rmw)]; rfi; [A|Q] in MODELS and
 * in the paper. herd's present aarch64hwreqs.cat (aob: rmw; lmrs; [A|Q]) has it come after the atomic's read only.
 */
final class ViewMemory implements StorageSubsystem {

  private static final int ANY_ACQUIRE = Access.ACQUIRE | Access.ACQUIRE_PC;

  /** Chance, in millionths, that a write considers places other than the last, and an atomic other messages. */
  private static final int OVERTAKING = 250_000;

  private static final int EVEN = 500_000;

  private static final int MILLION = 1_000_000;

  /** Chance that a write floats. */
  private static final int DELAYED = 125_000;

  private final Chooser chooser;
  private final int drainBias;
  private final StorageParameters.FreedWriteListener freedWrites;
  private final ThreadViews[] views;
  private final Histories histories;
  private final Timeline timeline;
  private final Placements placements;
  private long forcedForward;

  /** The place decided on for the write in progress: it follows this message of its location, counted from the newest. */
  private int back;

  /** The gap of the timeline it goes into; 0 for the end. */
  private int gap;

  /**
   * @throws IllegalArgumentException if writes are not to be ordered after all earlier reads of their thread: that takes
   *     promises, which are not implemented
   */
  ViewMemory(StorageParameters parameters) {
    if (!parameters.controlAfterEveryRead()) {
      throw new IllegalArgumentException("arm64 is emulated only with every write ordered after all earlier reads");
    }
    this.chooser = parameters.chooser();
    this.drainBias = parameters.drainBias();
    this.freedWrites = parameters.freedWrites();
    this.views = new ThreadViews[parameters.threads()];
    for (int thread = 0; thread < views.length; thread++) {
      views[thread] = new ThreadViews();
    }
    this.histories = new Histories(parameters.threads(), parameters.historyEntries());
    this.timeline = new Timeline(parameters.storeBufferEntries());
    this.placements = new Placements(histories, timeline);
  }

  @Override
  public void restart() {
    for (ThreadViews view : views) {
      view.restart();
    }
    timeline.restart();
    forcedForward = 0;
  }

  @Override
  public void ensureLocations(int locations) {
    histories.ensureLocations(locations);
  }

  @Override
  public void reset(int location, long value) {
    histories.reset(location, value);
    for (ThreadViews view : views) {
      if (view.exclusiveLocation == location) {
        view.exclusiveLocation = -1;
      }
    }
  }

  // ---- reads -------------------------------------------------------------------------------------------------------

  @Override
  public long load(int thread, int location, int access, long addressView) {
    ThreadViews view = views[thread];
    int own = histories.known(location, thread);
    long before = beforeRead(view, access, addressView);
    long bound = Math.max(before, histories.known[own + COHERENCE]);
    int message = histories.newest(location);
    view.lastWasNewest = true;
    if (histories.messages[message + TIME] > bound && chooser.chance(EVEN)) {
      int older = olderReadable(location, bound);
      view.lastWasNewest = older == message;
      message = older;
    }
    return read(view, location, own, message, access, before, bound);
  }

  @Override
  public long loadNewest(int thread, int location, int access) {
    ThreadViews view = views[thread];
    int own = histories.known(location, thread);
    long before = beforeRead(view, access, 0);
    long bound = Math.max(before, histories.known[own + COHERENCE]);
    view.lastWasNewest = true;
    return read(view, location, own, histories.newest(location), access, before, bound);
  }

  /** A readable message but the newest, if there is one. Counts a reader that could have read a dropped one. */
  private int olderReadable(int location, long bound) {
    int readable = histories.readable(location, bound);
    if (histories.messages[histories.message(location, readable - 1) + TIME] > bound) {
      forcedForward++;
    }
    return histories.message(location, readable <= 2 ? readable - 1 : 1 + chooser.choose(readable - 1));
  }

  private static long beforeRead(ThreadViews view, int access, long addressView) {
    long before = Math.max(addressView, view.readNew);
    return (access & Access.ACQUIRE) != 0 ? Math.max(before, view.release) : before;
  }

  /** Reads the message, which stays the newest of its location up to {@code bound}. */
  private long read(
      ThreadViews view, int location, int own, int message, int access, long before, long bound) {
    long[] messages = histories.messages;
    long[] known = histories.known;
    long time = messages[message + TIME];
    if (messages[message + LEASE] < bound) {
      messages[message + LEASE] = bound;
    }
    long after = Math.max(before, viewOf(known, own, time, access));
    if (known[own + COHERENCE] < after) {
      known[own + COHERENCE] = after;
    }
    view.lastView = after;
    view.readOld = Math.max(view.readOld, after);
    if ((access & Access.NO_RETURN) == 0) {
      view.readOldReturned = Math.max(view.readOldReturned, after);
    }
    if ((access & (ANY_ACQUIRE | Access.EXCLUSIVE)) != 0) {
      if ((access & ANY_ACQUIRE) != 0) {
        view.raiseNew(after);
      }
      if ((access & Access.EXCLUSIVE) != 0) {
        view.exclusiveLocation = location;
        view.exclusiveTime = time;
      }
    }
    return messages[message + VALUE];
  }

  /** The view that comes with a message: its time, unless it is the thread's own write and may be forwarded. */
  private static long viewOf(long[] known, int own, long time, int access) {
    if (known[own + FORWARD_TIME] != time || ((access & ANY_ACQUIRE) != 0 && known[own + FORWARD_ATOMIC] != 0)) {
      return time;
    }
    return known[own + FORWARD_VIEW];
  }

  // ---- writes ------------------------------------------------------------------------------------------------------

  @Override
  public void store(int thread, int location, long value, int access, long addressView, long dataView) {
    ThreadViews view = views[thread];
    long dependencies = Math.max(addressView, dataView);
    long coherence = histories.known[histories.known(location, thread) + COHERENCE];
    long lower = Math.max(beforeWrite(view, access, dependencies), coherence);
    if (timeline.latest() > lower && chooser.chance(OVERTAKING)) {
      back = 0;
      gap = 0;
      overtake(location, lower);
    } else {
      takeDefaultPlace(location, lower);
    }
    write(thread, location, value, access, dependencies, false);
    if (drainBias < MILLION && gap == timeline.defaultGap() && chooser.chance(DELAYED)) {
      timeline.letFloat();
    }
  }

  /**
   * Decides on a place for a write among all that are later than {@code lower}: goes back write by write, past those that
   * somebody relied on not being overtaken, and stops at each place it finds as often as not.
   */
  private void overtake(int location, long lower) {
    int older = 0;
    boolean inseparable = false;
    long[] messages = histories.messages;
    int message = histories.newest(location);
    for (int i = 1; i <= timeline.gaps() && timeline.time(i) >= lower; i++) {
      if (messages[message + TIME] == timeline.time(i - 1)) {
        if (++older == histories.count(location)) {
          return;
        }
        inseparable = histories.isAtomic(message);
        message = histories.message(location, older);
      }
      if (!inseparable && messages[message + LEASE] <= timeline.time(i) && timeline.hasRoom(i)) {
        back = older;
        gap = i;
        if (chooser.chance(EVEN)) {
          return;
        }
      }
    }
  }

  /**
   * The place of a write that follows the newest of its location: before the writes that float, as far as it can be. A
   * floating write is one that its thread's CPU holds back: every other thread's progress may come before it.
   */
  private void takeDefaultPlace(int location, long lower) {
    back = 0;
    gap = timeline.defaultGap();
    if (gap == 0) {
      return;
    }
    if (chooser.chance(drainBias)) {
      timeline.settle();
    }
    long floor = Math.max(lower, histories.messages[histories.newest(location) + LEASE]);
    gap = timeline.defaultGap();
    while (gap > 0 && (timeline.time(gap) < floor || !timeline.hasRoom(gap))) {
      gap--;
    }
  }

  private static long beforeWrite(ThreadViews view, int access, long dependencies) {
    long before = Math.max(Math.max(dependencies, view.readOld), view.writeNew);
    return (access & Access.RELEASE) != 0 ? Math.max(before, view.writeOld) : before;
  }

  /** Decides on one of the placements, if there is any; false if not. */
  private boolean choosePlacement() {
    int size = placements.size();
    if (size == 0) {
      return false;
    }
    int pick = size == 1 ? 0 : chooser.choose(size);
    back = placements.back(pick);
    gap = placements.gap(pick);
    return true;
  }

  /**
   * Performs a write at the place decided on.
   *
   * @param atomic whether it belongs to a read-modify-write, whose read was of the message that it follows
   */
  private void write(int thread, int location, long value, int access, long dependencies, boolean atomic) {
    long replaced = histories.messages[histories.message(location, back) + VALUE];
    long time = timeline.place(gap);
    histories.insert(location, back, time, value, thread, atomic);
    long[] known = histories.known;
    int own = histories.known(location, thread);
    known[own + COHERENCE] = time;
    known[own + FORWARD_TIME] = time;
    known[own + FORWARD_VIEW] = dependencies;
    known[own + FORWARD_ATOMIC] = atomic ? 1 : 0;
    ThreadViews view = views[thread];
    view.writeOld = Math.max(view.writeOld, time);
    if ((access & Access.RELEASE) != 0) {
      view.release = Math.max(view.release, time);
      if ((access & Access.ACQUIRE) != 0) {
        // range([A]; amo; [L]); po
        view.raiseNew(time);
      }
    }
    if (replaced == Memory.FREED || value == Memory.FREED) {
      reportFreed(thread, location, replaced, value);
    }
  }

  /** Reports a write that coherence puts after poison, be it this one or the one that this poison was placed before. */
  private void reportFreed(int thread, int location, long replaced, long value) {
    if (value != Memory.FREED) {
      freedWrites.wroteFreed(thread, location);
    } else if (back > 0 && replaced != Memory.FREED) {
      int next = histories.message(location, back - 1);
      if (histories.messages[next + VALUE] != Memory.FREED) {
        freedWrites.wroteFreed(histories.writer(next), location);
      }
    }
  }

  // ---- atomics -----------------------------------------------------------------------------------------------------

  @Override
  public long readModifyWrite(
      int thread, int location, RmwOperation operation, long operand, int access, long addressView, long dataView) {
    ThreadViews view = views[thread];
    int own = histories.known(location, thread);
    long dependencies = Math.max(addressView, dataView);
    long before = beforeRead(view, access, addressView);
    long bound = Math.max(before, histories.known[own + COHERENCE]);
    takeDefaultPlace(location, beforeAtomic(view, location, own, 0, access, dependencies, before, bound));
    if (timeline.latest() > bound && chooser.chance(OVERTAKING)) {
      placements.clear();
      int readable = histories.readable(location, bound);
      for (int i = 0; i < readable; i++) {
        addAtomic(view, location, own, i, access, dependencies, before, bound);
      }
      choosePlacement();
    }
    long old = read(view, location, own, histories.message(location, back), access, before, bound);
    view.lastWasNewest = back == 0;
    write(thread, location, operation.apply(old, operand), access, dependencies, true);
    return old;
  }

  @Override
  public long compareExchange(
      int thread, int location, long expected, long desired, int access, long addressView, long dataView) {
    ThreadViews view = views[thread];
    int own = histories.known(location, thread);
    long dependencies = Math.max(addressView, dataView);
    long before = beforeRead(view, access, addressView);
    long bound = Math.max(before, histories.known[own + COHERENCE]);
    takeDefaultPlace(location, beforeAtomic(view, location, own, 0, access, dependencies, before, bound));
    if (timeline.latest() > bound && chooser.chance(OVERTAKING)) {
      placements.clear();
      int readable = histories.readable(location, bound);
      for (int i = 0; i < readable; i++) {
        if (histories.messages[histories.message(location, i) + VALUE] == expected) {
          addAtomic(view, location, own, i, access, dependencies, before, bound);
        } else if (i > 0) {
          placements.addReadOnly(i);
        }
      }
      choosePlacement();
    }
    long old = read(view, location, own, histories.message(location, back), access, before, bound);
    view.lastWasNewest = back == 0;
    if (old == expected) {
      write(thread, location, desired, access, dependencies, true);
    }
    return old;
  }

  /** Adds the places of an atomic's write for the case that its read returns the message {@code i}. */
  private void addAtomic(
      ThreadViews view, int location, int own, int i, int access, long dependencies, long before, long bound) {
    placements.addAfter(location, i, beforeAtomic(view, location, own, i, access, dependencies, before, bound));
  }

  /** What an atomic's write comes after if its read returns the message {@code i}. */
  private long beforeAtomic(
      ThreadViews view, int location, int own, int i, int access, long dependencies, long before, long bound) {
    long time = histories.messages[histories.message(location, i) + TIME];
    long after = Math.max(before, viewOf(histories.known, own, time, access));
    return Math.max(Math.max(beforeWrite(view, access, dependencies), after), bound);
  }

  @Override
  public boolean storeExclusive(
      int thread, int location, long value, int access, long addressView, long dataView) {
    ThreadViews view = views[thread];
    boolean reserved = view.exclusiveLocation == location;
    view.exclusiveLocation = -1;
    int read = reserved ? histories.backOf(location, view.exclusiveTime) : -1;
    if (read < 0) {
      return false;
    }
    long dependencies = Math.max(addressView, dataView);
    long coherence = histories.known[histories.known(location, thread) + COHERENCE];
    long lower = Math.max(beforeWrite(view, access, dependencies), coherence);
    takeDefaultPlace(location, lower);
    back = read;
    if (read > 0 || (timeline.latest() > lower && chooser.chance(OVERTAKING))) {
      placements.clear();
      placements.addAfter(location, read, lower);
      if (!choosePlacement() && read > 0) {
        return false;
      }
    }
    write(thread, location, value, access & ~Access.ACQUIRE, dependencies, true);
    return true;
  }

  @Override
  public void loseReservation(int thread) {
    views[thread].exclusiveLocation = -1;
  }

  // ---- barriers ----------------------------------------------------------------------------------------------------

  @Override
  public void fence(int thread, int fence) {
    ThreadViews view = views[thread];
    switch (fence) {
      case Arm64Architecture.DMB_ISH -> view.raiseNew(Math.max(view.readOld, view.writeOld));
      case Arm64Architecture.DMB_ISHLD -> view.raiseNew(view.readOldReturned);
      case Arm64Architecture.DMB_ISHST -> view.writeNew = Math.max(view.writeNew, view.writeOld);
      default -> throw new IllegalArgumentException("arm64 has no fence " + fence);
    }
  }

  @Override
  public long releaseAll(int thread) {
    return views[thread].everything();
  }

  @Override
  public void acquireAll(int thread, long released) {
    views[thread].raiseNew(released);
  }

  @Override
  public void fenceAll() {
    long now = timeline.latest();
    for (ThreadViews view : views) {
      view.raiseNew(now);
    }
  }

  // ---- what the engine asks ----------------------------------------------------------------------------------------

  @Override
  public long lastView(int thread) {
    return views[thread].lastView;
  }

  @Override
  public boolean lastLoadWasNewest(int thread) {
    return views[thread].lastWasNewest;
  }

  @Override
  public int transitions(int thread) {
    return 0;
  }

  @Override
  public void apply(int thread, int transition) {
    throw new IllegalArgumentException("no transition " + transition);
  }

  @Override
  public long newest(int location) {
    return histories.messages[histories.newest(location) + VALUE];
  }

  @Override
  public long version(int location) {
    return histories.version(location);
  }

  @Override
  public int lastWriter(int location) {
    return histories.writer(histories.newest(location));
  }

  @Override
  public long forcedForward() {
    return forcedForward;
  }
}
