package dev.regardless.arch.x86.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.isa.FenceKind;

/**
 * x86-TSO as the manuals promise it and processors do it: of the fences MFENCE alone orders a write before a later read
 * (Intel SDM volume 3, 10.2.5; AMD APM volume 2, 7.4). Weaker than herd's model, which lets LFENCE and SFENCE do so too.
 */
public final class MfenceTso implements LocalOrder {
  /** The model's name. */
  static final String NAME = "x86-tso-mfence";

  private final TsoLocalOrder order = new TsoLocalOrder(NAME, FenceKind.FULL);

  /** The model. */
  public MfenceTso() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long[] order(LocalEvents events) {
    return order.order(events);
  }
}
