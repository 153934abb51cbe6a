package dev.regardless.emulation;

/** The only source of nondeterminism: seeded, recorded, replayed or enumerated. */
public interface Chooser {

  /**
   * Picks one of {@code alternatives}.
   *
   * @param alternatives at least 1
   * @return 0 to {@code alternatives - 1}
   */
  int choose(int alternatives);

  /** True with probability {@code millionths / 1,000,000} where the chooser is random; a choice like any other. */
  boolean chance(int millionths);
}
