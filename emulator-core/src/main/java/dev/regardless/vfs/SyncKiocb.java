package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;

/** The kiocb of a synchronous read or write (init_sync_kiocb): the driver waits itself. */
final class SyncKiocb extends Kiocb {

  SyncKiocb(CellFactory cells) {
    super(cells);
  }

  @Override
  public boolean isSync() {
    return true;
  }

  @Override
  public UserBuffer buffer() {
    throw new IllegalStateException("a synchronous request went on without its caller");
  }

  @Override
  public void complete(long result) {
    throw new IllegalStateException("a synchronous request completed without its caller");
  }
}
