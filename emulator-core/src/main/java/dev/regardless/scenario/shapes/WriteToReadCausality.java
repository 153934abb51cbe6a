package dev.regardless.scenario.shapes;

/** WRC: does a third thread see the consequence, but not the cause? */
public final class WriteToReadCausality extends Shape {

  public WriteToReadCausality() {
    super("shape-wrc", "litmus shape write-to-read causality", "Wx=1 | Rx Wy=1 | Ry Rx");
  }
}
