package dev.regardless.aio;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Completion;
import dev.regardless.kernel.Kernel;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;

/**
 * struct ctx_rq_wait of fs/aio.c: what io_destroy and exit wait on until the contexts that they killed have no requests
 * left. On the stack in Linux; here one for each task.
 */
public final class ContextWait extends KernelObject {

  /** comp. */
  public final Completion completion;

  /** count: contexts that are waited for. */
  public final AtomicCell count;

  ContextWait(Kernel kernel, CellFactory cells) {
    super(cells);
    completion = new Completion(kernel, cells.embedded(this, "comp"));
    count = new AtomicCell(cells, "count");
  }

  /** Prepares to wait for {@code contexts} contexts. */
  void init(long contexts) {
    completion.init();
    count.set(contexts);
  }
}
