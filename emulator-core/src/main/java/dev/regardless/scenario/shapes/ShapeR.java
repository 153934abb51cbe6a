package dev.regardless.scenario.shapes;

/** R: is a write that came last followed by a read of the past? */
public final class ShapeR extends Shape {

  public ShapeR() {
    super("shape-r", "litmus shape R", "Wx=1 Wy=1 | Wy=2 Rx");
  }
}
