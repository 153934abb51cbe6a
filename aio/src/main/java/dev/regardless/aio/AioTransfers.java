package dev.regardless.aio;

import dev.regardless.kernel.Task;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.RwFlags;
import dev.regardless.vfs.UserSpace;

/**
 * Reads and writes: aio_read, aio_write, aio_prep_rw, aio_setup_rw, aio_rw_done and aio_complete_rw of fs/aio.c (6.x), with
 * kiocb_set_rw_flags (include/linux/fs.h), rw_verify_area (fs/read_write.c), import_iovec (lib/iov_iter.c) and
 * ioprio_check_cap (block/ioprio.c).
 *
 * <p>An error found before the file's own operation is called refuses the request; what that operation returns is the
 * event's result. The transfer may go on after io_submit if the operation says so (-EIOCBQUEUED).
 */
final class AioTransfers {

  /** MAX_RW_COUNT. */
  private static final long MOST_BYTES = 0x7fff_f000L;

  /** UIO_FASTIOV: so many segments are on the submitter's stack in Linux; for more it allocates memory, or fails to. */
  private static final int UIO_FASTIOV = 8;

  /** UIO_FASTIOV to UIO_MAXIOV. */
  private static final int[] VECTOR_SIZES = {UIO_FASTIOV, 64, 1024};

  private static final int IOVEC_BYTES = 16;

  private static final int IOPRIO_CLASS_SHIFT = 13;
  private static final int IOPRIO_CLASS_MASK = 7;
  private static final int IOPRIO_CLASS_NONE = 0;
  private static final int IOPRIO_CLASS_RT = 1;
  private static final int IOPRIO_CLASS_IDLE = 3;
  private static final int IOPRIO_LEVEL_MASK = 7;

  private final AioSubsystem aio;
  private final KmemCache<AioTransfer> transfers;
  private final KmemCache<IoVector>[] vectors;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  AioTransfers(AioSubsystem aio) {
    this.aio = aio;
    Memory memory = aio.machine().memory();
    transfers = new KmemCache<>(memory, "aio_rw", cells -> new AioTransfer(cells, this));
    vectors = new KmemCache[VECTOR_SIZES.length];
    for (int i = 0; i < VECTOR_SIZES.length; i++) {
      int size = VECTOR_SIZES[i];
      vectors[i] = new KmemCache<>(memory, "iovec", cells -> new IoVector(cells, size));
    }
  }

  /**
   * aio_read, aio_write.
   *
   * @return 0 if exactly one event will come or has come, else a negative errno and none will
   */
  long submit(AioKiocb request, Iocb iocb, FileTable files, AddressSpace mm) {
    RequestLife life = aio.protocol().life();
    long error = life.pin(request, iocb, files);
    if (error != 0) {
      return error;
    }
    AioTransfer transfer = transfers.allocate();
    transfer.begin(request, mm);
    error = prepare(transfer, request.file.read(), iocb, mm.space());
    if (error != 0) {
      free(transfer);
      life.unpin(request);
      return error;
    }
    FileOperations operations = request.file.read().operations();
    long result = isWrite(iocb)
        ? operations.write(transfer, transfer.buffer())
        : operations.read(transfer, transfer.buffer());
    if (result != -Errno.EIOCBQUEUED) {
      transfer.complete(result);
    }
    return 0;
  }

  private static boolean isWrite(Iocb iocb) {
    return iocb.opcode() == IocbLayout.IOCB_CMD_PWRITE || iocb.opcode() == IocbLayout.IOCB_CMD_PWRITEV;
  }

  private static boolean isVectored(Iocb iocb) {
    return iocb.opcode() == IocbLayout.IOCB_CMD_PREADV || iocb.opcode() == IocbLayout.IOCB_CMD_PWRITEV;
  }

  /** Everything before the file's own operation, in the kernel's order. */
  private long prepare(AioTransfer transfer, File file, Iocb iocb, UserSpace space) {
    boolean writing = isWrite(iocb);
    if ((iocb.flags() & IocbLayout.IOCB_FLAG_IOPRIO) != 0) {
      long refused = checkPriority(iocb.reqprio());
      if (refused != 0) {
        return refused;
      }
    }
    long flags = RwFlags.toKiocb(file, iocb.rwFlags(), writing);
    if (flags < 0) {
      return flags;
    }
    transfer.init(file, iocb.offset(), flags | Kiocb.AIO_RW);
    if ((file.mode() & (writing ? OpenFlags.MODE_WRITE : OpenFlags.MODE_READ)) == 0) {
      return -Errno.EBADF;
    }
    if (!(writing ? file.operations().hasWriteIter() : file.operations().hasReadIter())) {
      return -Errno.EINVAL;
    }
    long bytes = isVectored(iocb) ? importVector(transfer, iocb, space) : importBuffer(transfer, iocb);
    if (bytes < 0) {
      return bytes;
    }
    return iocb.offset() < 0 ? -Errno.EINVAL : 0;
  }

  /** ioprio_check_cap. */
  private long checkPriority(int priority) {
    int level = priority & IOPRIO_LEVEL_MASK;
    int kind = (priority >> IOPRIO_CLASS_SHIFT) & IOPRIO_CLASS_MASK;
    if (kind == IOPRIO_CLASS_RT) {
      Task current = aio.kernel().current();
      return current.capable(Task.CAP_SYS_ADMIN) || current.capable(Task.CAP_SYS_NICE) ? 0 : -Errno.EPERM;
    }
    return kind > IOPRIO_CLASS_IDLE || (kind == IOPRIO_CLASS_NONE && level != 0) ? -Errno.EINVAL : 0;
  }

  /** import_ubuf. */
  private static long importBuffer(AioTransfer transfer, Iocb iocb) {
    long bytes = Math.min(iocb.nbytes(), MOST_BYTES);
    if (!UserSpace.accessOk(iocb.buf(), bytes)) {
      return -Errno.EFAULT;
    }
    transfer.setBuffer(iocb.buf(), bytes);
    return bytes;
  }

  /** __import_iovec: bytes, or a negative errno. */
  private long importVector(AioTransfer transfer, Iocb iocb, UserSpace space) {
    long segments = iocb.nbytes() & 0xffff_ffffL;
    if (segments > VECTOR_SIZES[VECTOR_SIZES.length - 1]) {
      return -Errno.EINVAL;
    }
    int count = (int) segments;
    if (count > UIO_FASTIOV) {
      IoVector allocated = vectorFor(count).allocateOrNull();
      if (allocated == null) {
        return -Errno.ENOMEM;
      }
      transfer.setVector(allocated, 0);
    }
    if (!space.covers(iocb.buf(), (long) count * IOVEC_BYTES) && count != 0) {
      return -Errno.EFAULT;
    }
    for (int i = 0; i < count; i++) {
      if (space.load(iocb.buf() + (long) i * IOVEC_BYTES + Long.BYTES, Long.BYTES) < 0) {
        return -Errno.EINVAL;
      }
    }
    IoVector vector = count > UIO_FASTIOV ? transfer.vector() : vectorFor(count).allocate();
    vector.setCount(count);
    transfer.setVector(vector, 0);
    long total = 0;
    for (int i = 0; i < count; i++) {
      long base = space.load(iocb.buf() + (long) i * IOVEC_BYTES, Long.BYTES);
      long length = space.load(iocb.buf() + (long) i * IOVEC_BYTES + Long.BYTES, Long.BYTES);
      if (!UserSpace.accessOk(base, count == 1 ? Math.min(length, MOST_BYTES) : length)) {
        return -Errno.EFAULT;
      }
      length = Math.min(length, MOST_BYTES - total);
      vector.set(i, base, length);
      total += length;
    }
    transfer.setVector(vector, total);
    return total;
  }

  private KmemCache<IoVector> vectorFor(int segments) {
    int index = 0;
    while (VECTOR_SIZES[index] < segments) {
      index++;
    }
    return vectors[index];
  }

  /** aio_complete_rw: nobody can cancel the transfer any more; takes ctx_lock if somebody could. */
  void complete(AioTransfer transfer, long result) {
    AioKiocb request = transfer.request();
    aio.cancelFunctions().remove(transfer);
    free(transfer);
    aio.protocol().life().finish(request, result);
  }

  private void free(AioTransfer transfer) {
    IoVector vector = transfer.vector();
    if (vector != null) {
      aio.machine().free(vector);
    }
    transfers.free(transfer);
  }
}
