package dev.regardless.checker;

import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import dev.regardless.execution.Relation;
import dev.regardless.execution.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The fundamental law of RCU (Alglave et al., "Frightening small children and disconcerting grown-ups", ASPLOS 2018, section
 * 4) in its literal form: for each grace period and each critical section, either all that is before the grace period is
 * before all that follows the section's start, or all that precedes the section's end is before all that follows the grace
 * period. An execution is real if some choice for all pairs leaves the global order without a cycle. Tries all choices; what
 * {@link GraceOrder} is compared with. Of a section whose reader stays inside for ever the first is true: no grace period
 * that ended can have waited for it.
 */
final class GraceLaw {

  /** A grace period or a critical section: whether an event is before its end, and whether one is after its start. */
  private record Span(IntPredicate before, IntPredicate after, boolean open) {}

  private final Execution execution;
  private final List<Span> gracePeriods = new ArrayList<>();
  private final List<Span> sections = new ArrayList<>();

  private final IntPredicate inside;

  private GraceLaw(Execution execution, IntPredicate inside) {
    this.execution = execution;
    this.inside = inside;
    for (int event = 0; event < execution.size(); event++) {
      collect(event);
    }
  }

  /**
   * Whether the law can hold on top of that global order.
   *
   * @param inside whether a thread stays inside its last section for ever
   */
  static boolean holds(Execution execution, Relation globalOrder, IntPredicate inside) {
    GraceLaw law = new GraceLaw(execution, inside);
    return law.choose(globalOrder, 0);
  }

  private void collect(int event) {
    int previous = execution.event(event).previous();
    if (execution.event(event).isGracePeriod()) {
      gracePeriods.add(span(previous, event, false));
    }
    if (startsSection(event)) {
      int last = event;
      for (int next = successor(last); next >= 0 && inSection(next) && !startsSection(next); next = successor(last)) {
        last = next;
      }
      boolean open = successor(last) < 0 && inside.test(execution.event(event).thread());
      sections.add(span(last, event, open));
    }
  }

  private Span span(int end, int start, boolean open) {
    return new Span(event -> event == end || (end >= 0 && execution.before(event, end)),
        event -> event == start || execution.before(start, event), open);
  }

  private boolean inSection(int event) {
    return (execution.event(event).signature() & Signature.IN_SECTION) != 0;
  }

  private boolean startsSection(int event) {
    return inSection(event) && (execution.event(event).signature() & Signature.NEW_SECTION) != 0;
  }

  /** The next event of the same thread, or -1. */
  private int successor(int event) {
    Event from = execution.event(event);
    for (int other = 0; other < execution.size(); other++) {
      if (execution.event(other).thread() == from.thread() && execution.event(other).index() == from.index() + 1) {
        return other;
      }
    }
    return -1;
  }

  private boolean choose(Relation order, int pair) {
    if (!order.isAcyclic()) {
      return false;
    }
    if (pair == gracePeriods.size() * sections.size()) {
      return true;
    }
    Span gracePeriod = gracePeriods.get(pair / sections.size());
    Span section = sections.get(pair % sections.size());
    return choose(with(order, gracePeriod.before, section.after), pair + 1)
        || (!section.open && choose(with(order, section.before, gracePeriod.after), pair + 1));
  }

  private Relation with(Relation order, IntPredicate earlier, IntPredicate later) {
    return order.or(Relation.of(execution.size(), (from, to) -> earlier.test(from) && later.test(to)));
  }
}
