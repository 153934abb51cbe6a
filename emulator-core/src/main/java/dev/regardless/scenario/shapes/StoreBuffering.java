package dev.regardless.scenario.shapes;

/** SB: do both threads miss the other's write? */
public final class StoreBuffering extends Shape {

  public StoreBuffering() {
    super("shape-sb", "litmus shape store buffering", "Wx=1 Ry | Wy=1 Rx");
  }
}
