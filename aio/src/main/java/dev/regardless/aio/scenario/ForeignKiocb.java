package dev.regardless.aio.scenario;

import dev.regardless.machine.AwaitCondition;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.File;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;

/** A read in progress that is not aio's, and nothing but its kiocb: what comes after it is another object. */
class ForeignKiocb extends Kiocb {

  private static final long LENGTH = Long.BYTES;

  private final Vfs vfs;
  private final Outcome outcome;

  private ForeignKiocb(CellFactory cells, Vfs vfs, Outcome outcome) {
    super(cells);
    this.vfs = vfs;
    this.outcome = outcome;
  }

  /** Where results go, outside the request. */
  private static final class Outcome extends KernelObject {
    private final LongCell result;
    private final LongCell done;

    Outcome(CellFactory cells) {
      super(cells);
      result = new LongCell(cells, "result");
      done = new LongCell(cells, "done");
    }
  }

  /** A request of io_uring (struct io_kiocb with its io_rw, io_uring/rw.c), which goes on after the kiocb. */
  private static final class OfUring extends ForeignKiocb {
    private static final long ADDRESS = 0x7fff_0000_1000L;

    private final LongCell address;
    private final LongCell length;
    private final LongCell userData;

    OfUring(CellFactory cells, Vfs vfs, Outcome outcome) {
      super(cells, vfs, outcome);
      address = new LongCell(cells, "addr");
      length = new LongCell(cells, "len");
      userData = new LongCell(cells, "user_data");
    }

    @Override
    void begin(File file) {
      super.begin(file);
      address.write(ADDRESS);
      length.write(LENGTH);
      userData.write(1);
    }
  }

  /** A slab of io_uring's requests; set-up only. */
  static KmemCache<ForeignKiocb> ofUring(Vfs vfs) {
    Outcome outcome = vfs.kernel().create("io_uring_cqe", Outcome::new);
    return new KmemCache<>(vfs.kernel().machine().memory(), "io_kiocb", cells -> new OfUring(cells, vfs, outcome));
  }

  /** A slab of kiocbs alone; set-up only. */
  static KmemCache<ForeignKiocb> bare(Vfs vfs) {
    Outcome outcome = vfs.kernel().create("kiocb_outcome", Outcome::new);
    return new KmemCache<>(vfs.kernel().machine().memory(), "kiocb", cells -> new ForeignKiocb(cells, vfs, outcome));
  }

  /** Takes over a reference to the file. */
  void begin(File file) {
    init(file, 0, 0);
  }

  @Override
  public final boolean isSync() {
    return false;
  }

  @Override
  public final UserBuffer buffer() {
    return UserBuffer.constant(LENGTH, 0);
  }

  @Override
  public final void complete(long result) {
    vfs.fput(file());
    outcome.result.write(result);
    outcome.done.storeRelease(1);
  }

  /** Waits for the end of the read; its result. */
  final long await() {
    vfs.kernel().barriers().conditionalLoadAcquire(outcome.done, AwaitCondition.EQUAL, 1);
    return outcome.result.read();
  }
}
