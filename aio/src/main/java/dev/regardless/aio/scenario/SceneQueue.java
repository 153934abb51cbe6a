package dev.regardless.aio.scenario;

import dev.regardless.kernel.RcuHead;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;

/** A wait queue with a life of its own, as signalfd and binder have: freed a grace period after POLLFREE. */
final class SceneQueue extends KernelObject {

  final WaitQueueHead head;
  final RcuHead freeing;

  SceneQueue(CellFactory cells, KmemCache<SceneQueue> cache) {
    super(cells);
    head = new WaitQueueHead(cells.embedded(this, "wait"));
    freeing = new RcuHead(cells.machine(), () -> cache.free(this));
  }
}
