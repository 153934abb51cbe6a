package dev.regardless.vfs;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * A polled file as a workload drives it: a user process's view, by descriptors and system calls, of one file to poll and of
 * whatever makes it ready. Any thread may call any method at any time, as user threads may; calls on a closed source fail
 * with -EBADF.
 */
public abstract class PollSource extends KernelObject {

  private final AtomicCell polled;

  protected PollSource(CellFactory cells) {
    super(cells);
    this.polled = new AtomicCell(cells, "fd");
  }

  /** Opens the file or files anew; the descriptor to poll, or a negated errno. */
  public final int open() {
    int fd = openFiles();
    polled.set(fd + 1);
    return fd;
  }

  /** The descriptor to poll; negative if closed. */
  public final int descriptor() {
    return (int) polled.read() - 1;
  }

  /** Takes the descriptor away, so that one of several closers closes it; negative if it is closed. */
  protected final int takeDescriptor() {
    return (int) polled.exchange(0, Ordering.FULL) - 1;
  }

  /** The events that {@link #makeReady} can bring about, one at least; the first of them is the usual one to poll for. */
  public abstract int events();

  /** Opens; returns the descriptor to poll. */
  protected abstract int openFiles();

  /** Makes the file ready for {@link #events}; does not wait. Negated errno, -EAGAIN if it cannot be made readier. */
  public abstract long makeReady();

  /** Makes it unready again; does not wait. Negated errno, -EAGAIN if it was not ready. */
  public abstract long makeUnready();

  /** Closes all descriptors; 0 or -EBADF. */
  public abstract long close();
}
