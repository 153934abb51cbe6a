package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * kiocb_cancel_fn (include/linux/aio.h): how a driver ends a read or write early. One object for each driver, made at set-up;
 * an object, since requests point to it.
 */
public abstract class KiocbCancelFunction extends KernelObject {

  protected KiocbCancelFunction(CellFactory cells) {
    super(cells);
  }

  /**
   * Asks for the end of a request that {@link Vfs#kiocbSetCancelFn} made cancellable. Called with the lock of its aio context
   * held and interrupts off, so that it must not complete the request itself: completing takes that lock.
   *
   * @return 0 if the request was told to finish, else a negated errno
   */
  public abstract long cancel(Kiocb iocb);
}
