package dev.regardless.scenario.shapes;

/** LB: does each thread read what the other one writes later? Not out of kernel code. */
public final class LoadBuffering extends Shape {

  public LoadBuffering() {
    super("shape-lb", "litmus shape load buffering", "Rx Wy=1 | Ry Wx=1");
  }
}
