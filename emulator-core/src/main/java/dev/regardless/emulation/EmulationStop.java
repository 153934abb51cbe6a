package dev.regardless.emulation;

/** Unwinds an emulated thread whose run is over. Emulated code must not catch it. */
final class EmulationStop extends Error {

  private static final long serialVersionUID = 1L;

  static final EmulationStop INSTANCE = new EmulationStop();

  private EmulationStop() {
    super("emulation stopped", null, false, false);
  }
}
