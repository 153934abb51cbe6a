package dev.regardless.tests.memory;

import java.util.List;
import java.util.function.ToIntFunction;

/** The events of candidate executions, and the relations on them that do not depend on who reads from whom. */
final class Structure {

  final List<MemoryEvent> events;

  /** Program order; the read of a read-modify-write comes before its write. Initial writes are in nobody's program. */
  final Relation po;

  /** Program order between accesses of one location. */
  final Relation poLoc;

  /** Pairs of events of different threads. */
  final Relation external;

  final Relation rmw;

  /** Single-instruction atomics. */
  final Relation amo;

  Structure(List<MemoryEvent> events) {
    this.events = List.copyOf(events);
    this.po = relation((a, b) -> a < b && event(a).thread() == event(b).thread() && event(a).thread() >= 0);
    this.poLoc = po.and(relation((a, b) -> event(a).type() != 'F' && event(b).type() != 'F'
        && event(a).location() == event(b).location()));
    this.external = relation((a, b) -> event(a).thread() != event(b).thread());
    this.rmw = relation((a, b) -> event(a).isRead() && event(a).partner() == b);
    this.amo = rmw.between(i -> !event(i).source().kind().exclusive(), i -> true);
  }

  Relation relation(Relation.Pairs pairs) {
    return Relation.of(events.size(), pairs);
  }

  MemoryEvent event(int i) {
    return events.get(i);
  }

  boolean isRead(int i) {
    return event(i).isRead();
  }

  boolean isWrite(int i) {
    return event(i).isWrite();
  }

  /** Dependency edges: from the read of the instruction that {@code of} names to the accesses it is asked of. */
  Relation dependency(ToIntFunction<Instruction> of) {
    return relation((a, b) -> {
      MemoryEvent from = event(a);
      MemoryEvent to = event(b);
      return from.isRead() && to.thread() == from.thread() && to.type() != 'F'
          && of.applyAsInt(to.source()) == from.instruction();
    });
  }
}
