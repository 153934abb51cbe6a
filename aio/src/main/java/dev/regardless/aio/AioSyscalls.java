package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.Task;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import org.jspecify.annotations.Nullable;

/**
 * The aio system calls of one process: io_setup, io_destroy, io_submit, io_cancel, io_getevents, at ABI level. Addresses are
 * those of {@link UserSpace}; errors are negative errnos, found in the kernel's check order (fs/aio.c, 5.17 and later).
 */
public final class AioSyscalls {

  /** sizeof(sigset_t). */
  private static final long SIGNAL_SET_BYTES = 8;

  private final Kernel kernel;
  private final AioSubsystem aio;
  private final AddressSpace mm;
  private final UserSpace space;
  private final IoContexts contexts;
  private final RequestSubmission submission;

  /** The calls of a process with that memory and those open files. */
  public AioSyscalls(AioSubsystem aio, AddressSpace mm, FileTable files) {
    this.kernel = aio.kernel();
    this.aio = aio;
    this.space = mm.space();
    this.mm = mm;
    this.contexts = new IoContexts(aio, mm);
    this.submission = new RequestSubmission(aio, mm, files);
  }

  /** lookup_ioctx: a context with one more reference of {@code users}, for the caller to put; null if there is none. */
  public @Nullable KioContext lookUp(long handle) {
    return contexts.find(handle);
  }

  /** Submission of single requests, for programs that are not about user memory. */
  public RequestSubmission submission() {
    return submission;
  }

  /**
   * io_setup.
   *
   * @param asked requests that may be in flight, 32 bits
   * @param contextPointer address of a word that holds 0; receives the context's handle
   */
  public long ioSetup(int asked, long contextPointer) {
    if (!space.covers(contextPointer, Long.BYTES)) {
      return exit(-Errno.EFAULT);
    }
    if (space.load(contextPointer, Long.BYTES) != 0 || asked == 0) {
      return exit(-Errno.EINVAL);
    }
    return exit(contexts.setUp(asked, contextPointer));
  }

  /**
   * io_destroy: cancels what can be cancelled and waits, uninterruptibly, until the last request has gone. From 3.11 until
   * e02ba72aabfa (3.15) it did not wait ({@link AioParameters#destroyWaits}).
   */
  public long ioDestroy(long handle) {
    KioContext context = contexts.find(handle);
    if (context == null) {
      return exit(-Errno.EINVAL);
    }
    ContextWait wait = aio.parameters().destroyWaits() ? aio.waitOfCurrent() : null;
    if (wait != null) {
      wait.init(1);
    }
    long result = contexts.kill(context, wait);
    context.users.put();
    if (result == 0 && wait != null) {
      wait.completion.await();
    }
    return exit(result);
  }

  /**
   * io_submit.
   *
   * @param iocbs address of {@code count} words, each the address of an iocb
   * @return number of requests taken, or the first one's error
   */
  public long ioSubmit(long handle, long count, long iocbs) {
    if (count < 0) {
      return exit(-Errno.EINVAL);
    }
    KioContext context = contexts.find(handle);
    if (context == null) {
      return exit(-Errno.EINVAL);
    }
    long most = Math.min(count, context.nrEvents.read());
    long result = 0;
    long taken = 0;
    while (taken < most) {
      long pointer = iocbs + taken * Long.BYTES;
      result = space.covers(pointer, Long.BYTES)
          ? submission.submit(context, space.load(pointer, Long.BYTES))
          : -Errno.EFAULT;
      if (result != 0) {
        break;
      }
      taken++;
    }
    context.users.put();
    return exit(taken > 0 ? taken : result);
  }

  /**
   * io_cancel.
   *
   * @return -EINPROGRESS if the request was found and told to finish: its event still comes through the ring
   */
  public long ioCancel(long handle, long iocb) {
    long key = iocb + IocbLayout.KEY_OFFSET;
    if (!space.covers(key, Integer.BYTES)) {
      return exit(-Errno.EFAULT);
    }
    if (space.load(key, Integer.BYTES) != IocbLayout.KIOCB_KEY) {
      return exit(-Errno.EINVAL);
    }
    KioContext context = contexts.find(handle);
    if (context == null) {
      return exit(-Errno.EINVAL);
    }
    long result = cancel(context, iocb);
    context.users.put();
    return exit(result == 0 ? -Errno.EINPROGRESS : result);
  }

  /** The part of io_cancel under ctx_lock: cancels the first request in active_reqs that is {@code obj}. */
  public long cancel(KioContext context, long obj) {
    long result = -Errno.EINVAL;
    context.ctxLock.lockIrqsave();
    ListHead node = context.activeReqs.first();
    while (node != context.activeReqs) {
      if (CancelFunctions.requestOf(node).result.obj.read() == obj) {
        result = aio.cancelFunctions().cancel(node);
        node.deleteInit();
        break;
      }
      node = node.next();
    }
    context.ctxLock.unlockIrqrestore();
    return result;
  }

  /**
   * io_getevents.
   *
   * @param minimum events to wait for
   * @param most events that the buffer has room for
   * @param buffer address of the events
   * @param timeout address of a struct timespec (seconds, nanoseconds; a nanosecond is one emulated cycle); 0: wait for ever
   * @return number of events, or a negative errno
   */
  public long ioGetevents(long handle, long minimum, long most, long buffer, long timeout) {
    long until = AioWaiters.FOREVER;
    if (timeout != 0) {
      if (!space.covers(timeout, 2 * Long.BYTES)) {
        return exit(-Errno.EFAULT);
      }
      until = AioWaiters.cycles(space.load(timeout, Long.BYTES), space.load(timeout + Long.BYTES, Long.BYTES));
    }
    return ioGeteventsFor(handle, minimum, most, buffer, until);
  }

  /**
   * io_pgetevents: io_getevents with a signal mask in force while it waits.
   *
   * @param maskPointer address of a struct __aio_sigset (address and size of a signal set), or 0
   */
  public long ioPgetevents(long handle, long minimum, long most, long buffer, long timeout, long maskPointer) {
    if (timeout != 0 && !space.covers(timeout, 2 * Long.BYTES)) {
      return exit(-Errno.EFAULT);
    }
    if (maskPointer == 0) {
      return ioGetevents(handle, minimum, most, buffer, timeout);
    }
    if (!space.covers(maskPointer, 2 * Long.BYTES)) {
      return exit(-Errno.EFAULT);
    }
    long set = space.load(maskPointer, Long.BYTES);
    if (set == 0) {
      return ioGetevents(handle, minimum, most, buffer, timeout);
    }
    if (space.load(maskPointer + Long.BYTES, Long.BYTES) != SIGNAL_SET_BYTES) {
      return exit(-Errno.EINVAL);
    }
    if (!space.covers(set, Long.BYTES)) {
      return exit(-Errno.EFAULT);
    }
    Task current = kernel.current();
    // A set has the bit of signal n at n - 1.
    long before = current.exchangeBlockedSignals(space.load(set, Long.BYTES) << 1);
    long result = ioGetevents(handle, minimum, most, buffer, timeout);
    current.exchangeBlockedSignals(before);
    return result;
  }

  /** {@link #ioGetevents} with the time given in cycles; negative: wait for ever. */
  public long ioGeteventsFor(long handle, long minimum, long most, long buffer, long cycles) {
    KioContext context = contexts.find(handle);
    long result = -Errno.EINVAL;
    if (context != null) {
      if (minimum <= most && minimum >= 0) {
        long until = cycles < 0 ? AioWaiters.FOREVER : cycles;
        result = aio.waiters().read(context, mm, minimum, most, buffer, until);
      }
      context.users.put();
    }
    if (result == 0 && kernel.current().signalPending()) {
      result = -Errno.EINTR;
    }
    return exit(result);
  }

  /** exit_aio, of the process's last task or before another program takes its memory over. */
  public void exitAio() {
    contexts.exit();
  }

  /**
   * aio_ring_mremap, for {@link UserSpace#addOwner}: refuses to move the ring of a context that is dying, or is not this
   * process's, and to move a part of a ring.
   */
  public boolean moved(UserPages pages, long address, long bytes) {
    return !(pages instanceof CompletionRing || pages instanceof RingMapping) || contexts.move(pages, address, bytes);
  }

  /** What every system call ends with. */
  private long exit(long result) {
    kernel.exitToUserMode();
    return result;
  }
}
