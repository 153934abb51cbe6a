package dev.regardless.scenario.shapes;

/** MP: is the flag seen, but not the data? */
public final class MessagePassing extends Shape {

  public MessagePassing() {
    super("shape-mp", "litmus shape message passing", "Wx=1 Wy=1 | Ry Rx");
  }
}
