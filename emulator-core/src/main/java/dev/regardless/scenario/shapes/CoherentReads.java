package dev.regardless.scenario.shapes;

/** CoRR: does one location go back in time? Nowhere. */
public final class CoherentReads extends Shape {

  public CoherentReads() {
    super("shape-corr", "litmus shape coherence of two reads", "Wx=1 | Rx Rx");
  }
}
