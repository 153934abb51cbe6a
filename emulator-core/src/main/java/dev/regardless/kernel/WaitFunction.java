package dev.regardless.kernel;

/** wait_queue_func_t: what a wake-up calls for one entry, with the queue's lock held. */
@FunctionalInterface
public interface WaitFunction {

  /**
   * @param entry the entry
   * @param mode task states to wake ({@link Task#NORMAL})
   * @param flags WF_* flags
   * @param key 0, or the poll bits that the waker made true
   * @return positive if it woke somebody (counts against exclusive wake-ups), negative to stop the walk
   */
  int wake(WaitQueueEntry entry, int mode, int flags, long key);
}
