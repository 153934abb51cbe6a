package dev.regardless.memory;

/** An emulated pointer that names no object was dereferenced: the kernel's "unable to handle page fault". */
public final class WildPointerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WildPointerException(String cell, long value) {
    super("%s holds 0x%x, which is no object".formatted(cell, value));
  }
}
