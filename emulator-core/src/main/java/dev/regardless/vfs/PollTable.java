package dev.regardless.vfs;

import dev.regardless.kernel.WaitQueueHead;

/**
 * struct poll_table_struct (include/linux/poll.h): what a poll operation hands its wait queues to. A null table stands for
 * the NULL of callers that only want the mask.
 */
public interface PollTable {

  /** Whether there is a {@code _qproc}: without, only the mask is wanted. */
  boolean hasQueueProc();

  /** {@code _qproc}: called by poll_wait once per queue; only if {@link #hasQueueProc}. */
  void queueProc(File file, WaitQueueHead head);

  /** {@code _key}: the events that the caller is interested in. */
  long key();
}
