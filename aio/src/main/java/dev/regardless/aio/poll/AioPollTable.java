package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.Machine;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollTable;
import org.jspecify.annotations.Nullable;

/**
 * struct aio_poll_table and aio_poll_queue_proc of fs/aio.c. In Linux it lies on the submitter's stack; here each thread has
 * its own entries, written by {@link #start} before every use, so that nothing is carried from one call to the next.
 */
final class AioPollTable implements PollTable {

  private final Machine machine;
  private final boolean queueing;
  private final long[] keys;
  private final @Nullable AioKiocb[] requests;
  private final int[] errors;
  private final int[] queues;

  /** A table for {@code machine}; {@code queueing} says whether it has a _qproc. */
  AioPollTable(Machine machine, boolean queueing) {
    this.machine = machine;
    this.queueing = queueing;
    int threads = machine.maximumThreads() + 1;
    keys = new long[threads];
    requests = new AioKiocb[threads];
    errors = new int[threads];
    queues = new int[threads];
  }

  private int self() {
    return machine.currentThread() + 1;
  }

  /** The table as aio_poll initialises it: an error until a queue is offered, as for files without any. */
  AioPollTable start(AioKiocb request, long events) {
    int self = self();
    keys[self] = events;
    requests[self] = request;
    errors[self] = -Errno.EINVAL;
    queues[self] = 0;
    return this;
  }

  /** apt.error: 0 if the file offered exactly one queue. */
  int error() {
    return errors[self()];
  }

  /** apt.queued: whether the request was put on a queue. */
  boolean queued() {
    return queues[self()] > 0;
  }

  @Override
  public boolean hasQueueProc() {
    return queueing;
  }

  @Override
  public long key() {
    return keys[self()];
  }

  /** aio_poll_queue_proc: queues on the first queue offered; one request cannot be on two. */
  @Override
  public void queueProc(File file, WaitQueueHead head) {
    int self = self();
    AioKiocb request = requests[self];
    if (queues[self]++ == 0) {
      errors[self] = 0;
      request.poll.head.write(head);
      head.addWaitQueue(request.poll.wait);
    } else {
      errors[self] = -Errno.EINVAL;
    }
  }
}
