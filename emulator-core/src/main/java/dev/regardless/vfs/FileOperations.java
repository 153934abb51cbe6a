package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import org.jspecify.annotations.Nullable;

/**
 * struct file_operations: one object per driver, made at set-up. Results are bytes or negated {@link Errno}s. What a driver
 * does not override, it does not have; the {@code has} methods stand for a look at the function pointer. Source:
 * include/linux/fs.h (6.x).
 */
public abstract class FileOperations extends KernelObject {

  protected FileOperations(CellFactory cells) {
    super(cells);
  }

  public boolean hasRead() {
    return false;
  }

  /** read_iter. */
  public long read(Kiocb iocb, UserBuffer buffer) {
    return -Errno.EINVAL;
  }

  public boolean hasWrite() {
    return false;
  }

  /** write_iter. */
  public long write(Kiocb iocb, UserBuffer buffer) {
    return -Errno.EINVAL;
  }

  /** Whether {@link #read} is read_iter, which aio needs, and not the older read, which only read(2) can use. */
  public boolean hasReadIter() {
    return hasRead();
  }

  /** The same of {@link #write}. */
  public boolean hasWriteIter() {
    return hasWrite();
  }

  public boolean hasPoll() {
    return false;
  }

  /** poll: hands the queues to {@code table} by {@link Vfs#pollWait}, then returns the events that hold now. */
  public int poll(File file, @Nullable PollTable table) {
    return PollEvents.DEFAULT_POLLMASK;
  }

  public boolean hasFsync() {
    return false;
  }

  /** fsync; fdatasync if {@code dataOnly}. */
  public long fsync(File file, boolean dataOnly) {
    return -Errno.EINVAL;
  }

  /** mmap: pages that share the file's contents, from its start; null if the file cannot be mapped. */
  public @Nullable UserPages mmap(File file, long bytes, boolean writable) {
    return null;
  }

  /** eventfd_ctx_fileget: a reference to the file's context; null if the file is no eventfd. */
  public @Nullable EventfdContext eventfdContext(File file) {
    return null;
  }

  /** flush: at every close of a descriptor. */
  public void flush(File file) {}

  /** release: at the last reference, before the file is freed. */
  public void release(File file) {}
}
