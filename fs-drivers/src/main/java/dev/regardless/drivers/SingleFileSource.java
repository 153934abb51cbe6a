package dev.regardless.drivers;

import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.Vfs;

/** A {@link PollSource} of one file, which something other than a system call of the process makes ready. */
final class SingleFileSource extends PollSource {

  /** What is behind the file. */
  interface Device {

    /** The events that {@link #raise} brings about. */
    int events();

    /** Opens a file. */
    File open();

    /** Makes it ready: 0, or a negated errno. */
    long raise(File file);

    /** Makes it unready: 0, or a negated errno. */
    long lower(File file);
  }

  private final Vfs vfs;
  private final FileSystemCalls calls;
  private final Device device;

  SingleFileSource(CellFactory cells, Vfs vfs, FileSystemCalls calls, Device device) {
    super(cells);
    this.vfs = vfs;
    this.calls = calls;
    this.device = device;
  }

  @Override
  public int events() {
    return device.events();
  }

  @Override
  protected int openFiles() {
    return calls.installNew(device.open());
  }

  @Override
  public long makeReady() {
    return withFile(true);
  }

  @Override
  public long makeUnready() {
    return withFile(false);
  }

  private long withFile(boolean ready) {
    File file = calls.files().fget(descriptor());
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = ready ? device.raise(file) : device.lower(file);
    vfs.fput(file);
    vfs.kernel().exitToUserMode();
    return Math.min(0, result);
  }

  @Override
  public long close() {
    int fd = takeDescriptor();
    return fd < 0 ? -Errno.EBADF : calls.close(fd);
  }
}
