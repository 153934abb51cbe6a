package dev.regardless.aio.scenario;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.UserBuffer;

/** The least device that reads later than it was told to, as disks do, and that cannot be told to stop. */
final class SceneDevice extends KernelObject {

  /** What it reads. */
  static final long DATA = 0xdaL;

  private final RefCell<Kiocb> pending;

  SceneDevice(CellFactory cells) {
    super(cells);
    pending = new RefCell<>(cells, "pending", Kiocb.class);
  }

  /** The transfer that is pending ends: its data goes to the user's buffer, and then it is complete. */
  void transfer() {
    Kiocb iocb = pending.read();
    iocb.buffer().store(0, DATA);
    iocb.complete(Long.BYTES);
  }

  /** The file's operations. */
  static final class Operations extends FileOperations {

    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      iocb.file().privateData(SceneDevice.class).pending.write(iocb);
      return -Errno.EIOCBQUEUED;
    }
  }
}
