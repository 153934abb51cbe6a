package dev.regardless.arch.arm64;

/**
 * What one thread must have seen before its next accesses: the views of Pulte et al. (PLDI 2019), figure 5. A view is a
 * time of the {@link Timeline}; its thread has seen all writes up to then.
 */
final class ThreadViews {

  /** vrOld: all reads so far. Also vCAP, since every read controls the writes after it. */
  long readOld;

  /** As {@link #readOld} without reads whose value was discarded: what DMB ISHLD sees. */
  long readOldReturned;

  /** vwOld: all writes so far. */
  long writeOld;

  /** vrNew: what every later read must have seen. */
  long readNew;

  /** vwNew: what every later write comes after. */
  long writeNew;

  /** vRel: the last store-release, which a later load-acquire must have seen. */
  long release;

  /** View of the value that the last read returned. */
  long lastView;

  boolean lastWasNewest;

  /** Location of the last load-exclusive, or -1. */
  int exclusiveLocation;

  /** Time of the message that the last load-exclusive read. */
  long exclusiveTime;

  ThreadViews() {
    restart();
  }

  void restart() {
    readOld = 0;
    readOldReturned = 0;
    writeOld = 0;
    readNew = 0;
    writeNew = 0;
    release = 0;
    lastView = 0;
    lastWasNewest = true;
    exclusiveLocation = -1;
    exclusiveTime = 0;
  }

  /** What whoever comes after all that this thread did must have seen. */
  long everything() {
    return Math.max(Math.max(readOld, writeOld), Math.max(readNew, writeNew));
  }

  /** Everything later must have seen {@code view}. */
  void raiseNew(long view) {
    readNew = Math.max(readNew, view);
    writeNew = Math.max(writeNew, view);
  }
}
