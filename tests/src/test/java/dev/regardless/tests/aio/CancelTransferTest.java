package dev.regardless.tests.aio;

import static dev.regardless.vfs.Errno.EBUSY;
import static dev.regardless.vfs.Errno.ECONNRESET;
import static dev.regardless.vfs.Errno.EINPROGRESS;
import static dev.regardless.vfs.Errno.EINVAL;
import static dev.regardless.vfs.Errno.EIOCBQUEUED;

import dev.regardless.aio.AioParameters;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.kernel.WorkItem;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.KiocbCancelFunction;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** io_cancel and io_destroy of a read whose driver called kiocb_set_cancel_fn (fs/aio.c 6.9), and of others. */
class CancelTransferTest {

  private static final long DATA = 20;

  /** A device that reads when it is told to. */
  private static final class Device extends FileOperations {
    private final Vfs vfs;
    private final RefCell<Kiocb> pending;
    private final LongCell cancellable;
    private final LongCell refusal;
    private final WorkItem work;
    private final KiocbCancelFunction function;

    Device(Vfs vfs, CellFactory cells) {
      super(cells);
      this.vfs = vfs;
      pending = new RefCell<>(cells, "pending", Kiocb.class);
      cancellable = new LongCell(cells, "cancellable");
      refusal = new LongCell(cells, "refusal");
      work = new WorkItem(vfs.kernel(), cells.embedded(this, "work"), () -> finish(-ECONNRESET));
      work.init();
      function = vfs.kernel().create("cancel_fn", CancelFunction::new);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      if (cancellable.read() != 0) {
        vfs.kiocbSetCancelFn(iocb, function);
      }
      if (iocb.isSync()) {
        return buffer.length();
      }
      pending.write(iocb);
      return -EIOCBQUEUED;
    }

    /** The pending read ends. */
    void finish(long result) {
      pending.read().complete(result);
    }

    private final class CancelFunction extends KiocbCancelFunction {
      CancelFunction(CellFactory cells) {
        super(cells);
      }

      @Override
      public long cancel(Kiocb iocb) {
        if (refusal.read() == 0) {
          vfs.kernel().scheduleWork(work);
        }
        return refusal.read();
      }
    }
  }

  private static Device device(AioBench bench) {
    return bench.kernel.create("device", cells -> new Device(bench.vfs, cells));
  }

  /** One file of a device. */
  private record Opened(AioBench bench, long handle, Device device, int fd) {

    static Opened open(AioBench bench, Device device, boolean cancellable, long refusal) {
      device.cancellable.write(cancellable ? 1 : 0);
      device.refusal.write(refusal);
      int fd = bench.files.install(bench.vfs.openFile(device, device, OpenFlags.MODE_READ, 0));
      return new Opened(bench, bench.setUp(4), device, fd);
    }

    /** io_submit of one read; the iocb's address. */
    long read() {
      Iocb iocb = new Iocb(7, 0, IocbLayout.IOCB_CMD_PREAD, 0, fd, bench.address((int) DATA), 8, 0, 0, 0, 0);
      long address = bench.store(0, iocb);
      bench.expect("submit", 1, bench.aio.ioSubmit(handle, 1, bench.address(AioBench.POINTERS)));
      return address;
    }

    void expectEvent(long obj, long res) {
      bench.expect("wait", 1, bench.aio.ioGetevents(handle, 1, 4, bench.address(AioBench.EVENTS), 0));
      bench.expect("data", 7, bench.event(0, 0));
      bench.expect("obj", obj, bench.event(0, 1));
      bench.expect("res", res, bench.event(0, 2));
      bench.expect("res2", 0, bench.event(0, 3));
      bench.expect("no other event", 0, bench.events(handle, 4));
    }

    void close() {
      bench.expect("close", 0, bench.calls.close(fd));
    }

    void destroy() {
      bench.expect("destroy", 0, bench.aio.ioDestroy(handle));
    }
  }

  /** Opens a file, and in the end closes it and destroys the context: whatever is under way then is cancelled. */
  private static void withFile(
      String design, boolean cancellable, long refusal, BiConsumer<AioBench, Opened> body) {
    AioBench.run(design, AioParameters.DEFAULT, CancelTransferTest::device, (bench, device) -> {
      Opened file = Opened.open(bench, device, cancellable, refusal);
      body.accept(bench, file);
      file.close();
      file.destroy();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void aCancelledReadHasTheDriversResult(String design) {
    withFile(design, true, 0, (bench, file) -> {
      long iocb = file.read();
      bench.expect("cancel another", -EINVAL, bench.aio.ioCancel(file.handle(), bench.address(AioBench.IOCBS + 8)));
      bench.expect("cancel", -EINPROGRESS, bench.aio.ioCancel(file.handle(), iocb));
      bench.expect("cancel again", -EINVAL, bench.aio.ioCancel(file.handle(), iocb));
      file.expectEvent(iocb, -ECONNRESET);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void aReadWithoutCancelFunctionIsNotFound(String design) {
    withFile(design, false, 0, (bench, file) -> {
      long iocb = file.read();
      bench.expect("cancel", -EINVAL, bench.aio.ioCancel(file.handle(), iocb));
      file.device().finish(8);
      file.expectEvent(iocb, 8);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void whatTheFunctionRefusesIsTheCallsResult(String design) {
    withFile(design, true, -EBUSY, (bench, file) -> {
      long iocb = file.read();
      bench.expect("cancel", -EBUSY, bench.aio.ioCancel(file.handle(), iocb));
      bench.expect("off active_reqs all the same", -EINVAL, bench.aio.ioCancel(file.handle(), iocb));
      file.device().finish(8);
      file.expectEvent(iocb, 8);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void aReadThatHasEndedIsNotFound(String design) {
    withFile(design, true, 0, (bench, file) -> {
      long iocb = file.read();
      file.device().finish(8);
      bench.expect("cancel", -EINVAL, bench.aio.ioCancel(file.handle(), iocb));
      file.expectEvent(iocb, 8);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioDestroyCancels(String design) {
    withFile(design, true, 0, (bench, file) -> {
      file.read();
    });
  }

  /** read(2) calls the same read_iter; its kiocb is not aio's. */
  @ParameterizedTest
  @ValueSource(strings = "linux-5.16")
  void aSynchronousReadIsNotMadeCancellable(String design) {
    withFile(design, true, 0, (bench, file) -> {
      bench.expect("read", 8, bench.calls.read(file.fd(), UserBuffer.constant(8, 0)));
    });
  }
}
