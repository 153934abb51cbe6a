package dev.regardless.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * One execution graph as data: its events and its co, for reports and for the literal axioms. Immutable. Initial writes
 * are not events; they are before every other write of their location.
 */
public final class Execution {

  /** The source of a read that reads the initial value. */
  public static final int INITIAL = -1;

  private final List<Event> events;
  private final int[] rank;

  /**
   * @param events in an order that respects po
   * @param coherence for each location that is written, the numbers of its writes in co order
   */
  public Execution(List<Event> events, List<int[]> coherence) {
    this.events = List.copyOf(events);
    this.rank = new int[events.size()];
    for (int[] writes : coherence) {
      for (int i = 0; i < writes.length; i++) {
        rank[writes[i]] = i + 1;
      }
    }
  }

  public List<Event> events() {
    return events;
  }

  public int size() {
    return events.size();
  }

  public Event event(int number) {
    return events.get(number);
  }

  /** Position of a write in the co of its location, from 1; 0 for the initial write and for events that are not writes. */
  public int rank(int number) {
    return number == INITIAL ? 0 : rank[number];
  }

  /** Whether {@code earlier} is before {@code later} in program order; a spawner's past is before its child. */
  public boolean before(int earlier, int later) {
    for (int at = events.get(later).previous(); at >= 0; at = events.get(at).previous()) {
      if (at == earlier) {
        return true;
      }
    }
    return false;
  }

  /** Program order, through spawns too. */
  public Relation po() {
    return relation(this::before);
  }

  public Relation rf() {
    return relation((w, r) -> events.get(r).isRead() && events.get(r).readsFrom() == w);
  }

  public Relation co() {
    return relation((a, b) -> isWrite(a) && isWrite(b) && location(a) == location(b) && rank[a] < rank[b]);
  }

  /** From-read: a read before every write that is co-after the one it read. */
  public Relation fr() {
    return relation(
        (r, w) -> events.get(r).isRead() && isWrite(w) && location(r) == location(w)
            && rank(events.get(r).readsFrom()) < rank[w]);
  }

  public Relation rmw() {
    return relation((r, w) -> isWrite(w) && events.get(w).partner() == r);
  }

  /** Pairs of accesses to one location. */
  public Relation sameLocation() {
    return relation((a, b) -> events.get(a).isAccess() && events.get(b).isAccess() && location(a) == location(b));
  }

  /** Pairs of events of different threads. */
  public Relation external() {
    return relation((a, b) -> events.get(a).thread() != events.get(b).thread());
  }

  /**
   * Pairs (spawn, event of the spawned thread), of spawns of spawns too, and (earlier event of the spawner, spawn); a grace
   * period with all that is before and after it in po.
   */
  public Relation spawning() {
    return relation(
        (a, b) -> before(a, b)
            && (!events.get(b).isAccess()
                || events.get(a).isGracePeriod()
                || (events.get(a).isSpawn() && events.get(a).thread() != events.get(b).thread())));
  }

  /** Pairs in po with one of the fences in {@code mask} in between, in one thread. */
  public Relation fenced(int mask) {
    return relation((a, b) -> {
      for (int at = b; at >= 0 && events.get(at).thread() == events.get(a).thread(); at = events.get(at).previous()) {
        if (at == a) {
          return false;
        }
        if ((Signature.fences(events.get(at).signature()) & mask) != 0) {
          return before(a, b);
        }
      }
      return false;
    });
  }

  /** Address dependencies. */
  public Relation addr() {
    return relation((r, e) -> events.get(e).dependency() == r);
  }

  public Relation reads() {
    return set(e -> events.get(e).isRead());
  }

  public Relation writes() {
    return set(this::isWrite);
  }

  /** [S] for the accesses that have all of {@code bits} of {@link dev.regardless.machine.Access}. */
  public Relation having(int bits) {
    return set(e -> events.get(e).isAccess() && events.get(e).has(bits));
  }

  /** [S] for a set of events. */
  public Relation set(IntPredicate members) {
    return Relation.identity(events.size(), members);
  }

  public Relation relation(Relation.Pairs pairs) {
    return Relation.of(events.size(), pairs);
  }

  private boolean isWrite(int event) {
    return events.get(event).isWrite();
  }

  private int location(int event) {
    return events.get(event).location();
  }

  /**
   * What identifies the graph, whatever order its events were found in: events by (thread, index), rf and co ranks.
   *
   * @param threads name of each thread, the same in all graphs that are compared
   */
  public String key(IntFunction<String> threads) {
    List<String> keys = new ArrayList<>();
    for (int e = 0; e < events.size(); e++) {
      Event event = events.get(e);
      String rest;
      if (event.isRead()) {
        Event source = event.readsFrom() == INITIAL ? null : events.get(event.readsFrom());
        rest = "R%d=%d<%s".formatted(
            event.location(), event.value(),
            source == null ? "-" : threads.apply(source.thread()) + "." + source.index());
      } else if (event.isWrite()) {
        rest = "W%d=%d#%d".formatted(event.location(), event.value(), rank[e]);
      } else if (event.isGracePeriod()) {
        rest = "grace period";
      } else {
        rest = "spawn " + threads.apply(event.location());
      }
      keys.add("%s.%03d:%s".formatted(threads.apply(event.thread()), event.index(), rest));
    }
    keys.sort(String::compareTo);
    return String.join(" ", keys);
  }
}
