package dev.regardless.vfs;

import dev.regardless.kernel.Kernel;
import dev.regardless.memory.KmemCache;

/**
 * read, write, fsync, close and dup as system calls of the calling task: look the file up, check its mode, operate, put it,
 * and do what is left to do before returning to user mode. Source: fs/read_write.c, fs/sync.c, fs/open.c (6.x).
 */
public final class FileSystemCalls {

  private final Vfs vfs;
  private final Kernel kernel;
  private final FileTable files;
  private final KmemCache<SyncKiocb> kiocbs;

  public FileSystemCalls(Vfs vfs, FileTable files) {
    this.vfs = vfs;
    this.kernel = vfs.kernel();
    this.files = files;
    this.kiocbs = new KmemCache<>(kernel.machine().memory(), "kiocb", SyncKiocb::new);
  }

  public FileTable files() {
    return files;
  }

  /**
   * fd_install of a file that a call like eventfd2(2) has just opened; the table takes the reference over.
   *
   * @return the descriptor, or -EMFILE: the file is released then
   */
  public int installNew(File file) {
    int fd = files.install(file);
    if (fd < 0) {
      vfs.fput(file);
    }
    return (int) leave(fd);
  }

  /** read(2): bytes, or a negated errno. */
  public long read(int fd, UserBuffer buffer) {
    return leave(withFile(fd, buffer, false));
  }

  /** write(2): bytes, or a negated errno. */
  public long write(int fd, UserBuffer buffer) {
    return leave(withFile(fd, buffer, true));
  }

  private long withFile(int fd, UserBuffer buffer, boolean writing) {
    File file = files.fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = writing ? write(file, buffer) : read(file, buffer);
    vfs.fput(file);
    return result;
  }

  /** vfs_read on an open file at its position. */
  public long read(File file, UserBuffer buffer) {
    long refused = check(file, false);
    if (refused != 0) {
      return refused;
    }
    SyncKiocb iocb = start(file);
    return finish(file, iocb, file.operations().read(iocb, buffer));
  }

  /** vfs_write on an open file at its position. */
  public long write(File file, UserBuffer buffer) {
    long refused = check(file, true);
    if (refused != 0) {
      return refused;
    }
    SyncKiocb iocb = start(file);
    return finish(file, iocb, file.operations().write(iocb, buffer));
  }

  /** Whether the file was opened for that, and can do it: 0, -EBADF or -EINVAL. */
  public long check(File file, boolean writing) {
    if ((file.mode() & (writing ? OpenFlags.MODE_WRITE : OpenFlags.MODE_READ)) == 0) {
      return -Errno.EBADF;
    }
    FileOperations operations = file.operations();
    return (writing ? operations.hasWrite() : operations.hasRead()) ? 0 : -Errno.EINVAL;
  }

  private SyncKiocb start(File file) {
    SyncKiocb iocb = kiocbs.allocate();
    iocb.init(file, file.position().read(), 0);
    return iocb;
  }

  private long finish(File file, SyncKiocb iocb, long result) {
    if (result > 0) {
      file.position().write(iocb.position());
    }
    kiocbs.free(iocb);
    return result;
  }

  /** fsync(2), fdatasync(2). */
  public long fsync(int fd, boolean dataOnly) {
    File file = files.fget(fd);
    if (file == null) {
      return leave(-Errno.EBADF);
    }
    FileOperations operations = file.operations();
    long result = operations.hasFsync() ? operations.fsync(file, dataOnly) : -Errno.EINVAL;
    vfs.fput(file);
    return leave(result);
  }

  /** close(2). */
  public long close(int fd) {
    return leave(files.close(fd));
  }

  /** dup(2). */
  public int dup(int fd) {
    return (int) leave(files.dup(fd));
  }

  /** The end of every call: task work, and no restart codes to user space. */
  private long leave(long result) {
    kernel.exitToUserMode();
    return Errno.toUser(result);
  }
}
