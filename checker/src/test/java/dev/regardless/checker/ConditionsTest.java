package dev.regardless.checker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.Signature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each condition of docs/design/0003-checker.md is needed: without it random programs show a difference. */
class ConditionsTest {

  private static final int PROGRAMS = 4_000;

  private record Mutant(String condition, long firstSeed, Differential.Engine engine) {
    Mutant(String condition, Differential.Engine engine) {
      this(condition, 0, engine);
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutEachConditionSomethingIsMissedOrFoundTwice() {
    return mutants().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.condition, () -> assertTrue(isCaught(mutant), mutant.condition)));
  }

  static boolean isCaught(Mutant mutant) {
    Differential differential = new Differential(TestArchitecture.INSTANCE, mutant.engine);
    for (long seed = mutant.firstSeed; seed < mutant.firstSeed + PROGRAMS; seed++) {
      if (differential.compare(seed) != null) {
        return true;
      }
    }
    return false;
  }

  private static List<Mutant> mutants() {
    return List.of(
        new Mutant("1: a deleted write is read by nothing before it", with(new Revisits() {
          @Override
          boolean isReadBefore(ExecutionGraph graph, int event, int write) {
            return false;
          }
        })),
        new Mutant("2: what is deleted is co-maximal or reads such a write", with(new Revisits() {
          @Override
          boolean isLastBefore(ExecutionGraph graph, int source, int location, int event, int write) {
            return true;
          }
        })),
        new Mutant("3: the revisiting write is placed anew in the restricted graph", with(new Revisits() {
          @Override
          boolean nextPlace(ExecutionGraph graph, int read, int write) {
            graph.unread(read);
            graph.unplace(write);
            return false;
          }
        })),
        new Mutant("4: a read-modify-write may read what another consumed", with(new Choices() {
          @Override
          boolean mayRead(ExecutionGraph graph, int read, int write) {
            return super.mayRead(graph, read, write)
                && !(Signature.isAtomic(graph.signature(read)) && graph.isConsumed(write, graph.location(read)));
          }
        })),
        new Mutant("5: the placeholder of a wait stays", with(new Choices() {
          @Override
          boolean mayRead(ExecutionGraph graph, int read, int write) {
            return satisfies(graph, read, write);
          }
        })),
        // Seldom caught: the first seed is near one that does.
        new Mutant("6: the write of a revisited read-modify-write comes next", 13_100,
            (architecture, listener) -> new Explorer(
                architecture, "", architecture.memoryModel(), listener) {
              @Override
              int first(int changed) {
                return ExecutionGraph.NONE;
              }
            }),
        new Mutant("7: any coherent satisfying write enables a wait", with(new Choices() {
          @Override
          boolean isEnabled(ExecutionGraph graph, int previous, int signature, int location, long operand) {
            return Signature.condition(signature).holds(graph.finalValue(location), operand);
          }
        })),
        new Mutant("8: a grace period that never ends is not maximal", with(new Revisits() {
          @Override
          boolean isMaximalGracePeriod(ExecutionGraph graph, int event) {
            return true;
          }
        })));
  }

  private static Differential.Engine with(Revisits revisits) {
    return (architecture, listener) -> new Explorer(
        architecture, "", List.of(), architecture.memoryModel(), listener, new Choices(), revisits,
        new ThreadNumbers());
  }

  private static Differential.Engine with(Choices choices) {
    return (architecture, listener) -> new Explorer(
        architecture, "", List.of(), architecture.memoryModel(), listener, choices, new Revisits(),
        new ThreadNumbers());
  }
}
