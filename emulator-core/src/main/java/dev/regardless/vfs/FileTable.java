package dev.regardless.vfs;

import dev.regardless.kernel.Rcu;
import dev.regardless.kernel.SpinLock;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import org.jspecify.annotations.Nullable;

/**
 * struct files_struct of fixed size: descriptors to files. Lookups take no lock: they dereference under RCU, take a
 * reference unless the count is 0, and look again. Source: fs/file.c (6.x): alloc_fd, fd_install, __fget_files_rcu,
 * close_fd, do_dup2.
 */
public final class FileTable extends KernelObject {

  private static final int WORD = Long.SIZE;

  /** Lookups that the checking engine allows before it gives up. */
  private static final int RETRY_BOUND = 4;

  private final Vfs vfs;
  private final Rcu rcu;
  private final SpinLock lock;
  private final int first;
  private final LongCell[] open;
  private final RefCell<File>[] descriptors;

  /** {@code size} descriptors from 0, a multiple of nothing in particular. */
  public FileTable(Vfs vfs, CellFactory cells, int size) {
    this(vfs, cells, 0, size);
  }

  /** {@code size} descriptors from {@code first}: the lower ones are somebody else's and not in this table. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  public FileTable(Vfs vfs, CellFactory cells, int first, int size) {
    super(cells);
    this.first = first;
    this.vfs = vfs;
    this.rcu = vfs.kernel().rcu();
    this.lock = new SpinLock(cells, "file_lock");
    this.open = new LongCell[(size + WORD - 1) / WORD];
    for (int word = 0; word < open.length; word++) {
      open[word] = new LongCell(cells, "open_fds[" + word + ']');
    }
    this.descriptors = new RefCell[size];
    for (int fd = 0; fd < size; fd++) {
      descriptors[fd] = new RefCell<>(cells, "fd[" + fd + ']', File.class);
    }
  }

  /** Number of descriptors. */
  public int size() {
    return descriptors.length;
  }

  /** get_unused_fd_flags and fd_install: the table takes over the caller's reference. */
  public int install(File file) {
    int fd = reserve();
    if (fd >= 0) {
      descriptors[fd - first].storeRelease(file);
    }
    return fd;
  }

  /** alloc_fd: the lowest free descriptor, or -EMFILE. */
  public int reserve() {
    lock.lock();
    int fd = -Errno.EMFILE;
    for (int word = 0; word < open.length && fd < 0; word++) {
      long bits = open[word].read();
      int candidate = word * WORD + Long.numberOfTrailingZeros(~bits);
      if (bits != -1L && candidate < descriptors.length) {
        fd = first + candidate;
        open[word].write(bits | (1L << (candidate % WORD)));
      }
    }
    lock.unlock();
    return fd;
  }

  /** fget: a reference to the open file; null (EBADF) if there is none. */
  public @Nullable File fget(int fd) {
    if (fd < first || fd - first >= descriptors.length) {
      return null;
    }
    rcu.readLock();
    File file = lookUp(descriptors[fd - first]);
    rcu.readUnlock();
    return file;
  }

  /**
   * __fget_files_rcu. Who finds the count at 0 may go on seeing the file in the table for a while, but not for ever: it left
   * before its last reference went, and comes back neither, as it is freed a grace period later only.
   */
  private @Nullable File lookUp(RefCell<File> descriptor) {
    File file = descriptor.readOnce();
    for (int attempt = 0; file != null; attempt++) {
      vfs.kernel().machine().retry(attempt, RETRY_BOUND);
      if (!file.getRcu()) {
        file = descriptor.awaitOtherThan(file);
      } else if (descriptor.refersTo(file)) {
        return file;
      } else {
        vfs.fput(file);
        file = descriptor.readOnce();
      }
    }
    return null;
  }

  /** close_fd with filp_close: 0 or -EBADF. */
  public long close(int fd) {
    if (fd < first || fd - first >= descriptors.length) {
      return -Errno.EBADF;
    }
    lock.lock();
    File file = descriptors[fd - first].read();
    if (file != null) {
      descriptors[fd - first].storeRelease(null);
      release(fd - first);
    }
    lock.unlock();
    if (file == null) {
      return -Errno.EBADF;
    }
    file.operations().flush(file);
    vfs.fput(file);
    return 0;
  }

  /** dup: another descriptor of the same file, or a negated errno. */
  public int dup(int fd) {
    File file = fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    int copy = install(file);
    if (copy < 0) {
      vfs.fput(file);
    }
    return copy;
  }

  /** dup_fd: this table, empty as yet, gets all that another of the same size has open. */
  public void copyFrom(FileTable parent) {
    parent.lock.lock();
    for (int word = 0; word < open.length; word++) {
      open[word].write(parent.open[word].read());
    }
    for (int index = 0; index < descriptors.length; index++) {
      File file = parent.descriptors[index].read();
      if (file != null) {
        file.get();
        descriptors[index].storeRelease(file);
      }
    }
    parent.lock.unlock();
  }

  /** close_files: nobody else uses the table any more. */
  public void closeAll() {
    for (int index = 0; index < descriptors.length; index++) {
      close(first + index);
    }
  }

  private void release(int index) {
    LongCell word = open[index / WORD];
    word.write(word.read() & ~(1L << (index % WORD)));
  }
}
