package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/**
 * A polled file as a workload drives it: a user process's view, by descriptors and system calls, of one file to poll and of
 * whatever makes it ready. Any thread may call any method at any time, as user threads may; calls on a closed source fail
 * with -EBADF.
 */
public abstract class PollSource extends KernelObject {

  private final LongCell polled;

  protected PollSource(CellFactory cells) {
    super(cells);
    this.polled = new LongCell(cells, "fd", -1);
  }

  /** Opens the file or files anew; the descriptor to poll, or a negated errno. */
  public final int open() {
    int fd = openFiles();
    polled.writeOnce(fd);
    return fd;
  }

  /** The descriptor to poll; negative if closed. */
  public final int descriptor() {
    return (int) polled.readOnce();
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
