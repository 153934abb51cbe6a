package dev.regardless.arch.x86.isa;

import dev.regardless.isa.PureFunction;

/** The second operand if the first is not 0, else the third. */
enum X86Choice implements PureFunction {
  /** The only one. */
  CHOOSE;

  @Override
  public long apply(long first, long second, long third) {
    return first != 0 ? second : third;
  }

  @Override
  public String symbol() {
    return "choose";
  }
}
