package dev.regardless.aio;

import dev.regardless.vfs.FileTable;

/**
 * How a request begins and ends: its references, when its file is pinned, and what posts its event. This changed with 5.1
 * (b53119f13a04, 84c4e1f89fef, 2bb874c0d873) and is therefore chosen by the poll design.
 */
public interface RequestLife {

  /** The reference part of aio_get_req. */
  void begin(AioKiocb request);

  /**
   * The part of io_submit_one between aio_get_req and the storing of aio_key: file and eventfd.
   *
   * @return 0, or a negative errno
   */
  long prepare(AioKiocb request, Iocb iocb, FileTable files);

  /** Fills the result that the request keeps, if it keeps one. */
  void preset(AioKiocb request);

  /**
   * Before an opcode other than poll is done: pins the file, if that has not happened yet.
   *
   * @return 0 or -EBADF
   */
  long pin(AioKiocb request, Iocb iocb, FileTable files);

  /** Undoes {@link #pin}: the opcode's function fails. */
  void unpin(AioKiocb request);

  /**
   * Whether an fsync takes its submitter's credentials along, for which there may be no memory: since 530f32fc370f (May
   * 2020). Designs from 5.1 on do: they stand for their kernels' later versions too.
   */
  boolean fsyncTakesCredentials();

  /** An opcode other than poll is done, with that result: posts the event, now or with the last reference. */
  void finish(AioKiocb request, long result);

  /** What io_submit_one does when the opcode's function succeeded. */
  void accepted(AioKiocb request);

  /** What io_submit_one does when something failed: no event will come. */
  void refused(AioKiocb request);

  /** iocb_put: drops one reference; the last one ends the request. */
  void put(AioKiocb request);
}
