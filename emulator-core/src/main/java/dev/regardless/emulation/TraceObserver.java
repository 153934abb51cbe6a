package dev.regardless.emulation;

import dev.regardless.machine.Tracepoint;

/** Sees the tracepoints that emulated code passes, in the order of the run. Must not touch the machine. */
@FunctionalInterface
public interface TraceObserver {

  /**
   * @param thread index of the thread
   * @param cycles virtual time of its CPU
   */
  void passed(Tracepoint point, long first, long second, int thread, long cycles);
}
