package dev.regardless.vfs;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What file code shares on one machine. Made once, at set-up. Source: fs/file_table.c, include/linux/poll.h. */
public final class Vfs {

  private final Kernel kernel;
  private final boolean pollWaitBarrier;
  private final KmemCache<File> files;
  private final List<Consumer<File>> releaseWatchers = new ArrayList<>();
  private final List<BiConsumer<Kiocb, KiocbCancelFunction>> cancelFunctionSetters = new ArrayList<>();

  /** As Linux 6.14 and later: with the barrier in poll_wait. */
  public Vfs(Kernel kernel) {
    this(kernel, true);
  }

  /**
   * Makes the shared parts.
   *
   * @param pollWaitBarrier whether poll_wait ends with smp_mb, as it does since cacd9ae4bf80 (January 2025)
   */
  public Vfs(Kernel kernel, boolean pollWaitBarrier) {
    this.kernel = kernel;
    this.pollWaitBarrier = pollWaitBarrier;
    this.files = new KmemCache<>(kernel.machine().memory(), "file", cells -> new File(this, cells));
  }

  public Kernel kernel() {
    return kernel;
  }

  // ---- files -----------------------------------------------------------------------------------------------------------

  /** alloc_file: a file with one reference, the caller's. */
  public File openFile(FileOperations operations, KernelObject privateData, int mode, int flags) {
    File file = files.allocate();
    file.init(operations, privateData, mode, flags);
    return file;
  }

  /**
   * fput. The last reference is not released here, where any lock may be held, but when the task returns to user mode
   * ({@link Kernel#exitToUserMode}), or by a work item if the caller is no user task (fs/file_table.c: fput,
   * delayed_fput).
   */
  public void fput(File file) {
    if (file.dropReference()) {
      if (kernel.inUserTask()) {
        kernel.addTaskWork(file.finalPut());
      } else {
        kernel.scheduleWork(file.delayedFinalPut());
      }
    }
  }

  /** __fput_sync: as {@link #fput}, releasing here and now; only where no lock is held. */
  public void fputSync(File file) {
    if (file.dropReference()) {
      finalPut(file);
    }
  }

  /** Adds something to do before a file is released, at set-up: eventpoll_release. */
  public void beforeRelease(Consumer<File> watcher) {
    releaseWatchers.add(watcher);
  }

  /** __fput. */
  void finalPut(File file) {
    for (Consumer<File> watcher : releaseWatchers) {
      watcher.accept(file);
    }
    file.operations().release(file);
    kernel.rcu().call(file.freeing());
  }

  void freeFile(File file) {
    files.free(file);
  }

  // ---- aio -------------------------------------------------------------------------------------------------------------

  /** Says what {@link #kiocbSetCancelFn} does, at set-up: fs/aio.c's business. */
  public void onKiocbSetCancelFn(BiConsumer<Kiocb, KiocbCancelFunction> setter) {
    cancelFunctionSetters.add(setter);
  }

  /**
   * kiocb_set_cancel_fn: a driver makes a request cancellable, before it can complete. Nothing for requests that are not
   * aio's, or if there is no aio (CONFIG_AIO off, include/linux/aio.h).
   */
  public void kiocbSetCancelFn(Kiocb iocb, KiocbCancelFunction function) {
    for (BiConsumer<Kiocb, KiocbCancelFunction> setter : cancelFunctionSetters) {
      setter.accept(iocb, function);
    }
  }

  // ---- poll ------------------------------------------------------------------------------------------------------------

  /** vfs_poll. */
  public int poll(File file, @Nullable PollTable table) {
    FileOperations operations = file.operations();
    return operations.hasPoll() ? operations.poll(file, table) : PollEvents.DEFAULT_POLLMASK;
  }

  /**
   * poll_wait: queues the caller, then a full barrier, so that the conditions that the poll operation reads next are not
   * older than the queueing; pairs with the one before a waker's waitqueue_active.
   */
  public void pollWait(File file, WaitQueueHead head, @Nullable PollTable table) {
    if (table != null && table.hasQueueProc()) {
      table.queueProc(file, head);
      if (pollWaitBarrier) {
        kernel.primitives().smpMb();
      }
    }
  }
}
