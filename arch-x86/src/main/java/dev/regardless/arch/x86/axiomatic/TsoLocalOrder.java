package dev.regardless.arch.x86.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.FenceKind;

/**
 * What x86 orders within a thread: program order, save from a write to a later read unless a fence stands between them
 * or one of them belongs to a locked instruction.
 *
 * <p>Any fence, as herd's x86tso-mixed.cat has it: SFENCE and LFENCE are ordered with the write before and the read after
 * them, hence these with one another. The manuals do not promise that, and processors do not do it.
 */
public final class TsoLocalOrder implements LocalOrder {
  private final String name;
  private final FenceKind[] ordering;

  /** The model that herd uses. */
  public TsoLocalOrder() {
    this("x86-tso", FenceKind.values());
  }

  /** @param ordering the fences that order a write before a later read */
  TsoLocalOrder(String name, FenceKind... ordering) {
    this.name = name;
    this.ordering = ordering.clone();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long[] order(LocalEvents events) {
    int count = events.count();
    long reads = events.reads();
    long writes = events.writes();
    long locked = events.annotated(Annotation.ATOMIC);
    long fences = events.fences(ordering);
    long[] rows = new long[count];
    for (int event = 0; event < count; event++) {
      long after = events.after(event);
      long bit = 1L << event;
      if ((reads & bit) != 0) {
        rows[event] = (after & (reads | writes)) | events.atomicPartners(event);
      } else if ((writes & bit) != 0) {
        rows[event] = after & (writes | (reads & locked));
        if ((locked & bit) != 0) {
          rows[event] |= after & reads;
        }
        for (long rest = after & fences; rest != 0; rest &= rest - 1) {
          rows[event] |= events.after(Long.numberOfTrailingZeros(rest)) & reads;
        }
      }
    }
    return rows;
  }
}
