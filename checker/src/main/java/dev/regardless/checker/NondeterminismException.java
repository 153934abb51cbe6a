package dev.regardless.checker;

/**
 * Emulated code did something else when it was run again with the same values: it uses a clock, an unordered collection or
 * Java state. Nothing can be said about such a scenario.
 */
public final class NondeterminismException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NondeterminismException(String message) {
    super(message);
  }
}
