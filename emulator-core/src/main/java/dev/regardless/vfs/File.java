package dev.regardless.vfs;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.TaskWork;
import dev.regardless.kernel.WorkItem;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/**
 * struct file (include/linux/fs.h, fs/file_table.c). References are counted as up to 6.12: an atomic_long_t, taken by
 * lookups with inc_not_zero; freed files go back after a grace period, as up to 6.6 (file_free_rcu).
 */
public final class File extends KernelObject {

  /** Compare-and-exchange attempts that the checking engine allows a lookup. */
  private static final int RETRY_BOUND = 4;

  private final RefCell<FileOperations> operations;
  private final AtomicCell count;
  private final LongCell mode;
  private final LongCell flags;
  private final LongCell position;
  private final RefCell<KernelObject> privateData;
  private final TaskWork finalPut;
  private final WorkItem delayedFinalPut;
  private final RcuHead freeing;

  File(Vfs vfs, CellFactory cells) {
    super(cells);
    this.operations = new RefCell<>(cells, "f_op", FileOperations.class);
    this.count = new AtomicCell(cells, "f_count");
    this.mode = new LongCell(cells, "f_mode");
    this.flags = new LongCell(cells, "f_flags");
    this.position = new LongCell(cells, "f_pos");
    this.privateData = new RefCell<>(cells, "private_data", KernelObject.class);
    this.finalPut = new TaskWork(cells.embedded(this, "f_task_work"), () -> vfs.finalPut(this));
    this.delayedFinalPut = new WorkItem(vfs.kernel(), cells.embedded(this, "delayed_fput"), () -> vfs.finalPut(this));
    this.freeing = new RcuHead(cells.machine(), () -> vfs.freeFile(this));
  }

  void init(FileOperations newOperations, KernelObject newPrivateData, int newMode, int newFlags) {
    operations.write(newOperations);
    mode.write(newMode);
    flags.write(newFlags);
    position.write(0);
    privateData.write(newPrivateData);
    delayedFinalPut.init();
    count.set(1);
  }

  /** f_op. */
  public FileOperations operations() {
    return operations.read();
  }

  /** f_mode: {@link OpenFlags#MODE_READ}, {@link OpenFlags#MODE_WRITE}. */
  public int mode() {
    return (int) mode.read();
  }

  /** f_flags: {@link OpenFlags}. */
  public int flags() {
    return (int) flags.readOnce();
  }

  /** fcntl(F_SETFL). */
  public void setFlags(int newFlags) {
    flags.writeOnce(newFlags);
  }

  /** f_pos, in bytes. */
  public LongCell position() {
    return position;
  }

  /** private_data. */
  public <T extends KernelObject> T privateData(Class<T> type) {
    return type.cast(privateData.read());
  }

  /** get_file: the caller has a reference already. */
  public void get() {
    count.increment();
  }

  /** get_file_rcu: fails if the last reference is gone; within an RCU read-side critical section. */
  boolean getRcu() {
    return count.fetchAddUnless(1, 0, RETRY_BOUND) != 0;
  }

  /** file_count. */
  public long count() {
    return count.read();
  }

  /** atomic_long_dec_and_test(&amp;file-&gt;f_count). */
  boolean dropReference() {
    return count.fetchSub(1, Ordering.FULL) == 1;
  }

  TaskWork finalPut() {
    return finalPut;
  }

  WorkItem delayedFinalPut() {
    return delayedFinalPut;
  }

  RcuHead freeing() {
    return freeing;
  }
}
