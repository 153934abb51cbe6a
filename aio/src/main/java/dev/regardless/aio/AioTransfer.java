package dev.regardless.aio;

import dev.regardless.kernel.ListHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.KiocbCancelFunction;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserRegion;
import dev.regardless.vfs.UserSpace;

/**
 * The struct kiocb of an aio read or write (aio_kiocb.rw), with the iov_iter that says where the bytes are. Linux keeps it
 * in a union with the other opcodes' fields; here it is an object of its own, which refers to its request, and which has the
 * request's ki_list and ki_cancel: only reads and writes are cancelled by a function of somebody else.
 */
public final class AioTransfer extends Kiocb {

  /** Word, from the start of a kiocb, at which container_of looks for what leads to ki_ctx. */
  static final int CONTEXT_WORD = WORDS;

  /** The same of ki_list. */
  static final int LIST_WORD = CONTEXT_WORD + 1;

  /** ki_list: on the context's active_reqs while the driver can cancel the transfer; protected by ctx_lock. */
  final ListHead list;

  /** ki_cancel; valid while on active_reqs. */
  final RefCell<KiocbCancelFunction> cancel;

  private final AioTransfers transfers;
  private final RefCell<AioKiocb> request;
  private final RefCell<IoVector> vector;
  private final LongCell base;
  private final LongCell length;
  private final RefCell<AddressSpace> mm;
  private final UserBuffer buffer = new Iterator();

  AioTransfer(CellFactory cells, AioTransfers transfers) {
    super(cells);
    this.transfers = transfers;
    request = new RefCell<>(cells, "aio_kiocb", AioKiocb.class);
    list = new ListHead(cells.embedded(this, "ki_list"), this);
    cancel = new RefCell<>(cells, "ki_cancel", KiocbCancelFunction.class);
    vector = new RefCell<>(cells, "iov", IoVector.class);
    base = new LongCell(cells, "ubuf");
    length = new LongCell(cells, "count");
    mm = new RefCell<>(cells, "mm", AddressSpace.class);
  }

  void begin(AioKiocb owner, AddressSpace space) {
    request.write(owner);
    list.init();
    vector.write(null);
    mm.write(space);
  }

  /** import_ubuf. */
  void setBuffer(long address, long bytes) {
    base.write(address);
    length.write(bytes);
  }

  /** import_iovec. */
  void setVector(IoVector segments, long bytes) {
    vector.write(segments);
    length.write(bytes);
  }

  AioKiocb request() {
    return request.read();
  }

  /** The kernel's copy of the iovec; null if there is one buffer. */
  IoVector vector() {
    return vector.read();
  }

  @Override
  public boolean isSync() {
    return false;
  }

  @Override
  public UserBuffer buffer() {
    return buffer;
  }

  /** aio_complete_rw; ERESTART* becomes EINTR, as there is nobody to restart. */
  @Override
  public void complete(long result) {
    transfers.complete(this, Errno.toUser(result));
  }

  /** The iov_iter. */
  private final class Iterator implements UserBuffer {

    @Override
    public long length() {
      return length.read();
    }

    @Override
    public long accessible() {
      UserSpace space = mm.read().space();
      IoVector segments = vector.read();
      if (segments == null) {
        return space.accessible(base.read(), length.read());
      }
      return segments.accessible(space, length.read());
    }

    @Override
    public long writable() {
      UserSpace space = mm.read().space();
      IoVector segments = vector.read();
      return segments == null
          ? space.writable(base.read(), length.read())
          : segments.writable(space, length.read());
    }

    @Override
    public boolean isDeviceAligned(long offset, long bytes, int alignment) {
      IoVector segments = vector.read();
      return segments == null
          ? UserRegion.isDeviceAlignedAt(base.read() + offset, bytes, alignment)
          : segments.isDeviceAligned(offset, bytes, alignment);
    }

    @Override
    public long load(long offset) {
      UserSpace space = mm.read().space();
      IoVector segments = vector.read();
      return segments == null
          ? UserRegion.load(space, base.read(), length.read(), offset)
          : segments.load(space, length.read(), offset);
    }

    @Override
    public void store(long offset, long value) {
      UserSpace space = mm.read().space();
      IoVector segments = vector.read();
      if (segments == null) {
        UserRegion.store(space, base.read(), length.read(), offset, value);
      } else {
        segments.store(space, length.read(), offset, value);
      }
    }
  }
}
