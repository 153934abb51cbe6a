package dev.regardless.emulation;

/**
 * RCU in emulation: readers only mark themselves; a grace period waits for those that were inside when it began, with a
 * full barrier on every CPU at both ends, as the kernel's inter-processor interrupts and context switches give
 * (Documentation/RCU/Design/Memory-Ordering; MODELS, kernel code).
 */
final class GracePeriods {

  private final Threads threads;
  private final Dispatcher dispatcher;
  private final StorageSubsystem storage;
  private final java.util.ArrayDeque<EmulatedThread> waiters = new java.util.ArrayDeque<>();
  private long time;

  GracePeriods(Threads threads, Dispatcher dispatcher, StorageSubsystem storage) {
    this.threads = threads;
    this.dispatcher = dispatcher;
    this.storage = storage;
  }

  void reset() {
    waiters.clear();
    time = 0;
  }

  void readLock(EmulatedThread reader) {
    if (reader.rcuNesting++ == 0) {
      reader.rcuStart = ++time;
    }
  }

  void readUnlock(EmulatedThread reader) {
    if (--reader.rcuNesting == 0 && !waiters.isEmpty()) {
      for (EmulatedThread waiter = waiters.pollFirst(); waiter != null; waiter = waiters.pollFirst()) {
        dispatcher.wake(waiter, reader.cpu);
      }
    }
  }

  void synchronize() {
    storage.fenceAll();
    long begin = ++time;
    while (readerSince(begin)) {
      waiters.addLast(threads.current());
      threads.blockSleeping(false, -1);
    }
    storage.fenceAll();
  }

  private boolean readerSince(long begin) {
    for (EmulatedThread thread : threads.all()) {
      if (thread.rcuNesting > 0 && thread.rcuStart < begin) {
        return true;
      }
    }
    return false;
  }
}
