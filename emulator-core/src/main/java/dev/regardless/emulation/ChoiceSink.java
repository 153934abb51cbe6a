package dev.regardless.emulation;

/** Takes down the answers to a run's choices, in order. */
@FunctionalInterface
public interface ChoiceSink {

  /** Takes one answer, not negative. */
  void put(long answer);
}
