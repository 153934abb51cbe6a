package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/** struct eventfd_ctx as other kernel code sees it (include/linux/eventfd.h, 6.x): something to signal. */
public abstract class EventfdContext extends KernelObject {

  protected EventfdContext(CellFactory cells) {
    super(cells);
  }

  /** eventfd_ctx_get: another reference. */
  public abstract void get();

  /** eventfd_ctx_put. */
  public abstract void put();

  /** eventfd_signal_mask: adds 1 unless the counter is full, and wakes with IN and {@code mask}; in any context. */
  public abstract void signal(int mask);
}
