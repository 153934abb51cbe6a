package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares the explorer with the naive one on random programs: equal sets of graphs, none found twice, and each one that is
 * reported can be repeated. Of a program with a violation only that both find one: the explorer does not go on after it.
 */
public final class Differential {

  private static final int LIMIT = 20_000;

  private final Architecture architecture;
  private final Engine engine;
  private int compared;
  private int tooLarge;
  private long executions;
  private long hangs;
  private int violated;

  /** Makes the explorer under test. */
  interface Engine {
    Explorer make(Architecture architecture, ExecutionListener listener);
  }

  /** Compares under the memory model of an architecture. */
  public Differential(Architecture architecture) {
    this(
        architecture,
        (same, listener) -> new Explorer(
            same, same.primitiveVariants().getFirst(), same.memoryModel(), listener));
  }

  Differential(Architecture architecture, Engine engine) {
    this.architecture = architecture;
    this.engine = engine;
  }

  /** What one exploration found. */
  record Found(List<String> complete, Set<String> hanging, boolean violated) {}

  /** Null if both agree on the program of that seed, otherwise what differs, with the program. */
  public @Nullable String compare(long seed) {
    RandomProgram program = new RandomProgram(seed);
    ReferenceExplorer naive = new ReferenceExplorer(architecture);
    program.setUp(naive.machine(), body -> naive.machine().add("T" + naive.machine().threads(), body));
    if (!naive.explore(LIMIT)) {
      tooLarge++;
      return null;
    }
    Found found;
    try {
      found = explore(program);
    } catch (RuntimeException | AssertionError failure) {
      return "seed %d, %s: %s%n%s".formatted(seed, architecture.name(), failure, program);
    }
    compared++;
    executions += found.complete.size();
    hangs += found.hanging.size();
    Set<String> distinct = new TreeSet<>(found.complete);
    boolean equal = found.violated
        ? naive.complete().containsAll(distinct) && naive.hanging().containsAll(found.hanging)
        : distinct.equals(naive.complete()) && found.hanging.equals(naive.hanging());
    if (equal && distinct.size() == found.complete.size() && found.violated == naive.isViolated()) {
      violated += found.violated ? 1 : 0;
      return null;
    }
    return ("seed %d, %s: %d found, %d distinct, %d expected, missing %s, too many %s; hanging missing %s, too many %s;"
        + " violated: %s, expected %s%n%s").formatted(seed, architecture.name(), found.complete.size(), distinct.size(),
            naive.complete().size(),
            minus(naive.complete(), distinct), minus(distinct, naive.complete()),
            minus(naive.hanging(), found.hanging), minus(found.hanging, naive.hanging()), found.violated,
            naive.isViolated(), program);
  }

  private static Set<String> minus(Set<String> all, Set<String> other) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(other);
    return rest;
  }

  private Found explore(RandomProgram program) {
    List<String> complete = new ArrayList<>();
    Set<String> hanging = new TreeSet<>();
    boolean[] violates = new boolean[1];
    Explorer[] made = new Explorer[1];
    IntFunction<String> names = thread -> made[0].threads().name(thread);
    Explorer explorer = engine.make(architecture, new ExecutionListener() {
      @Override
      public void complete(ExecutionGraph graph) {
        complete.add(Snapshots.of(graph).key(names));
        made[0].replay();
      }

      @Override
      public void blocked(ExecutionGraph graph) {
        made[0].replay(); // only those that wait for ever count
      }

      @Override
      public void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread) {
        made[0].replay();
        if (kind == PropertyKind.HANG) {
          hanging.add(Snapshots.withoutWaits(graph).key(names));
        } else {
          violates[0] = true;
        }
      }
    });
    made[0] = explorer;
    program.setUp(explorer.machine(),
        body -> explorer.threads().addInitial("T" + explorer.threads().count(), ThreadKind.TASK, -1, body));
    explorer.explore();
    return new Found(complete, hanging, violates[0]);
  }

  /** Number of programs compared so far. */
  public int compared() {
    return compared;
  }

  /** Number of programs that were too large for the naive explorer. */
  public int tooLarge() {
    return tooLarge;
  }

  /** Complete executions of all programs compared. */
  public long executions() {
    return executions;
  }

  /** Number of programs in which both found a violation other than a hang. */
  public int violated() {
    return violated;
  }

  /** Executions in which threads wait for ever, of all programs compared. */
  public long hangs() {
    return hangs;
  }
}
