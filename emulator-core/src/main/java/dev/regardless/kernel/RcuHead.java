package dev.regardless.kernel;

import dev.regardless.machine.Machine;

/**
 * struct rcu_head with its function. The callback's thread first waits for the grace period on behalf of the softirq that
 * would start it afterwards; nothing of the head is touched once the function runs, so that it may free the object around
 * it.
 */
public final class RcuHead {

  private final Runnable body;

  public RcuHead(Machine machine, Runnable function) {
    this.body = () -> {
      machine.synchronizeRcu();
      function.run();
    };
  }

  Runnable body() {
    return body;
  }
}
