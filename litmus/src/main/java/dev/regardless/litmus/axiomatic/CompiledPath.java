package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.axiomatic.LocalRelation;

/**
 * A path ready for the search: its memory accesses alone, renumbered from 0, with the model's order among them. Masks
 * are over the new numbers.
 */
final class CompiledPath {
  final ThreadPath path;
  final int count;
  final int[] cells;
  final int[] widths;
  final int[] written;
  final int[] original;
  final long writes;
  /** For each access the accesses ordered after it, transitive. */
  final long[] order;
  /** For each access the earlier accesses to its cell, which coherence must respect. */
  final long[] sameCellBefore;
  /** For each access the later accesses to its cell. */
  final long[] sameCellAfter;
  /** For each access those that are single-copy atomic with it. */
  final long[] united;
  /** For each read the earlier reads of the cells of those united with it. */
  final long[] hazards;
  /** For each read the write that must directly follow, in coherence, what it reads; or -1. */
  final int[] follower;
  /** For each condition the reads it needs. */
  final long[] conditionReads;
  /** For each written expression the reads it needs. */
  final long[] writtenReads;
  /** Whether the model's order alone has a cycle, so that nothing can take this path. */
  final boolean impossible;

  CompiledPath(ThreadPath path, LocalOrder model) {
    this.path = path;
    LocalEvents events = path.events();
    int all = events.count();
    int[] number = new int[all];
    int[] numbered = new int[all];
    int next = 0;
    for (int event = 0; event < all; event++) {
      number[event] = -1;
      if (events.kind(event) != LocalEvents.Kind.FENCE) {
        numbered[next] = event;
        number[event] = next++;
      }
    }
    count = next;
    original = numbered;
    cells = new int[count];
    widths = new int[count];
    written = new int[count];
    order = new long[count];
    sameCellBefore = new long[count];
    sameCellAfter = new long[count];
    united = new long[count];
    hazards = new long[count];
    follower = new int[count];
    writtenReads = new long[count];
    long writeMask = 0;
    for (int access = 0; access < count; access++) {
      int event = original[access];
      cells[access] = events.cell(event);
      widths[access] = path.widths()[event];
      written[access] = path.written()[event];
      if (events.kind(event) == LocalEvents.Kind.WRITE) {
        writeMask |= 1L << access;
        writtenReads[access] = renumber(path.expressions().variables(written[access]), number);
      }
    }
    writes = writeMask;
    impossible = orders(model, number);
    for (int access = 0; access < count; access++) {
      sameCell(access);
    }
    for (int access = 0; access < count; access++) {
      follower[access] = followerOf(access, number);
      united[access] = renumber(events.united(original[access]), number);
      for (long rest = isRead(access) ? united[access] : 0; rest != 0; rest &= rest - 1) {
        hazards[access] |= sameCellBefore[Long.numberOfTrailingZeros(rest)] & ~writes;
      }
    }
    conditionReads = new long[path.conditions().length];
    for (int index = 0; index < conditionReads.length; index++) {
      conditionReads[index] = renumber(path.expressions().variables(path.conditions()[index]), number);
    }
  }

  private static long renumber(long mask, int[] number) {
    long result = 0;
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      int renumbered = number[Long.numberOfTrailingZeros(rest)];
      if (renumbered >= 0) {
        result |= 1L << renumbered;
      }
    }
    return result;
  }

  private boolean orders(LocalOrder model, int[] number) {
    long[] rows = model.order(path.events());
    LocalRelation.close(rows);
    boolean cycle = false;
    for (int access = 0; access < count; access++) {
      order[access] = renumber(rows[original[access]], number);
      cycle |= (order[access] >>> access & 1) != 0;
    }
    return cycle;
  }

  private void sameCell(int access) {
    LocalEvents events = path.events();
    for (int later = access + 1; later < count; later++) {
      boolean ordered = events.instance(original[later]) != events.instance(original[access])
          || (isRead(access) && !isRead(later));
      if (cells[later] == cells[access] && ordered) {
        sameCellAfter[access] |= 1L << later;
        sameCellBefore[later] |= 1L << access;
      }
    }
  }

  boolean isRead(int access) {
    return (writes >>> access & 1) == 0;
  }

  /** A thread's own write between the halves of an exclusive pair lifts the requirement, as in the published model. */
  private int followerOf(int access, int[] number) {
    if (!isRead(access)) {
      return -1;
    }
    long partners = renumber(path.events().atomicPartners(original[access]), number);
    for (long rest = partners; rest != 0; rest &= rest - 1) {
      int partner = Long.numberOfTrailingZeros(rest);
      if (cells[partner] == cells[access]) {
        long between = sameCellAfter[access] & sameCellBefore[partner] & writes;
        return between == 0 ? partner : -1;
      }
    }
    return -1;
  }
}
