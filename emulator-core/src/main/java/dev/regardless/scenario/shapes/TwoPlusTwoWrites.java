package dev.regardless.scenario.shapes;

/** 2+2W: does each thread's first write come last? */
public final class TwoPlusTwoWrites extends Shape {

  public TwoPlusTwoWrites() {
    super("shape-2+2w", "litmus shape 2+2W", "Wx=1 Wy=2 | Wy=1 Wx=2");
  }
}
