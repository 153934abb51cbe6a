package dev.regardless.isa;

/**
 * A well-formed test that asks for something not built in (an instruction, mixed sizes, a fault condition). The message
 * is one line with the reason; the command line reports it with exit code 3, never as an answer.
 */
public final class UnsupportedTestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line: where, and what is not supported */
  public UnsupportedTestException(String message) {
    super(message, null, false, false);
  }
}
