package dev.regardless.aio;

/**
 * The kernel's copy of a struct iocb (include/uapi/linux/aio_abi.h), as io_submit_one has it on its stack.
 *
 * @param data aio_data: what the event will carry
 * @param rwFlags aio_rw_flags: RWF flags; must be 0 for poll and fsync
 * @param opcode aio_lio_opcode
 * @param reqprio aio_reqprio: an I/O priority, 16 bits, if IOCB_FLAG_IOPRIO
 * @param fildes aio_fildes: the file descriptor
 * @param buf aio_buf: address of the buffer; poll: the events asked for, 16 bits
 * @param nbytes aio_nbytes
 * @param offset aio_offset
 * @param reserved2 aio_reserved2: must be 0
 * @param flags aio_flags: IOCB_FLAG bits
 * @param resfd aio_resfd: the eventfd to signal, if IOCB_FLAG_RESFD
 */
public record Iocb(
    long data,
    int rwFlags,
    int opcode,
    int reqprio,
    int fildes,
    long buf,
    long nbytes,
    long offset,
    long reserved2,
    int flags,
    int resfd) {

  /** A poll for {@code events} on a file descriptor. */
  public static Iocb poll(long data, int fildes, int events) {
    return new Iocb(data, 0, IocbLayout.IOCB_CMD_POLL, 0, fildes, events, 0, 0, 0, 0, 0);
  }

  /** The same request with its result also counted by an eventfd. */
  public Iocb withResfd(int descriptor) {
    return new Iocb(
        data, rwFlags, opcode, reqprio, fildes, buf, nbytes, offset, reserved2, flags | IocbLayout.IOCB_FLAG_RESFD,
        descriptor);
  }
}
