package dev.regardless.scenario.shapes;

/** IRIW: do two readers disagree on the order of two writes? */
public final class IndependentReads extends Shape {

  public IndependentReads() {
    super("shape-iriw", "litmus shape independent reads of independent writes", "Wx=1 | Wy=1 | Rx Ry | Ry Rx");
  }
}
