package dev.regardless.litmus.engine;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.LitmusTest;

/** Finds every outcome that a memory model allows a test to have. Implementations are stateless. */
public interface LitmusEngine {
  /** {@code axiomatic} or {@code operational}. */
  String name();

  /**
   * Explores a test.
   *
   * @param model  the name of a memory model: {@code sc}, {@code x86-tso}, {@code armv8}
   * @param limits when to give up
   * @throws UnsupportedTestException if the test or the model is beyond this engine
   */
  Exploration explore(LitmusTest test, String model, ExplorationLimits limits);
}
