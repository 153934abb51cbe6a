package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.jspecify.annotations.Nullable;

/**
 * /dev/random: one device for the machine, its queues never go away. Up to Linux 5.17 it has two queues, readers' and
 * writers', woken without keys by the entropy count; later one, crng_init_wait, woken once for good. Source:
 * drivers/char/random.c (random_poll).
 */
public final class RandomDevice {

  private static final int READ_KEY = PollEvents.IN | PollEvents.RDNORM;
  private static final int WRITE_KEY = PollEvents.OUT | PollEvents.WRNORM;

  /** Bits above which readers are let on, as random_read_wakeup_bits. */
  private static final long ENOUGH = 64;

  /** Bits below which writers are asked for more, as random_write_wakeup_bits. */
  private static final long LOW = 896;

  private final Kernel kernel;
  private final Vfs vfs;
  private final boolean twoQueues;
  private final Pool pool;
  private final Operations operations;

  /**
   * Makes the driver.
   *
   * @param twoQueues as up to 5.17
   */
  public RandomDevice(Vfs vfs, boolean twoQueues) {
    this.kernel = vfs.kernel();
    this.vfs = vfs;
    this.twoQueues = twoQueues;
    this.pool = kernel.create("random", Pool::new);
    this.operations = kernel.create("random_fops", Operations::new);
  }

  /** Opens the device. */
  public File open() {
    return vfs.openFile(
        operations, pool, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, OpenFlags.RDWR | OpenFlags.NONBLOCK);
  }

  /** credit_entropy_bits: in interrupt context, as a rule. */
  public void credit(long bits) {
    long now = pool.entropy.addReturn(bits, dev.regardless.machine.Ordering.FULL);
    if (now >= ENOUGH && pool.readWait.waitqueueActive()) {
      pool.readWait.wakeUpInterruptible();
    }
  }

  /** Spends what a read would; false if there is not enough. */
  public boolean drain() {
    if (pool.entropy.read() < ENOUGH) {
      return false;
    }
    pool.entropy.sub(ENOUGH);
    return true;
  }

  private static final class Pool extends KernelObject {
    private final WaitQueueHead readWait;
    private final WaitQueueHead writeWait;
    private final AtomicCell entropy;

    Pool(CellFactory cells) {
      super(cells);
      readWait = new WaitQueueHead(cells.embedded(this, "read_wait"));
      writeWait = new WaitQueueHead(cells.embedded(this, "write_wait"));
      entropy = new AtomicCell(cells, "entropy");
      readWait.init();
      writeWait.init();
    }
  }

  private final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    /** Reads zeros; the old device spends entropy, the new one only waits for it once. */
    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (pool.entropy.read() < ENOUGH) {
        return -Errno.EAGAIN;
      }
      if (twoQueues) {
        long left = pool.entropy.subReturn(ENOUGH, dev.regardless.machine.Ordering.FULL);
        if (left < LOW && pool.writeWait.waitqueueActive()) {
          pool.writeWait.wakeUpInterruptible();
        }
      }
      return Math.min(buffer.length(), ENOUGH / 8);
    }

    @Override
    public boolean hasPoll() {
      return true;
    }

    @Override
    public int poll(File file, @Nullable PollTable table) {
      vfs.pollWait(file, pool.readWait, table);
      if (twoQueues) {
        vfs.pollWait(file, pool.writeWait, table);
      }
      long entropy = pool.entropy.read();
      if (!twoQueues) {
        return entropy >= ENOUGH ? READ_KEY : WRITE_KEY;
      }
      return (entropy >= ENOUGH ? READ_KEY : 0) | (entropy < LOW ? WRITE_KEY : 0);
    }
  }
}
