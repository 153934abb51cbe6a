package dev.regardless.scenario.shapes;

/** S: is the flag seen, and the data's write overtaken by a later one? */
public final class ShapeS extends Shape {

  public ShapeS() {
    super("shape-s", "litmus shape S", "Wx=2 Wy=1 | Ry Wx=1");
  }
}
