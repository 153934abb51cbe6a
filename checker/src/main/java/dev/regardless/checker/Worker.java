package dev.regardless.checker;

import dev.regardless.execution.Execution;
import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One explorer with its own instance of the scenario, and what it counted. */
final class Worker implements ExecutionListener {

  private static final int VERIFIED = 64;

  final Totals totals = new Totals();
  final Explorer explorer;
  private final Context context;
  private final CheckSettings settings;
  private final int keepLooking;
  private @Nullable Counterexample found;
  private long foundAt;
  private boolean halted;

  /**
   * @param keepLooking number of executions after the first violation in which to look for a shorter one
   * @param numbers those of all workers of the check
   */
  Worker(
      Scenario scenario, Architecture architecture, CheckSettings settings, int keepLooking, ThreadNumbers numbers) {
    this.settings = settings;
    this.keepLooking = keepLooking;
    this.explorer = new Explorer(
        architecture, settings.variantOn(architecture), settings.weakened(), architecture.memoryModel(), this,
        new Choices(), new Revisits(), numbers);
    this.context = new Context(explorer, settings.parameters(), scenario);
    scenario.setUp(context);
    if (!context.endChecks().isEmpty() || !registerNames().isEmpty()) {
      explorer.endings().atEnd(this::endChecks);
    }
  }

  private void endChecks() {
    for (Runnable check : context.endChecks()) {
      check.run();
    }
  }

  List<String> registerNames() {
    return explorer.registers().names();
  }

  /** The first execution of all; forgets that it was ever looked for. */
  Execution firstExecution() {
    explorer.control(new Control() {
      @Override
      public boolean isAttentionWanted() {
        return true;
      }

      @Override
      public void attend(Explorer all) {
        all.stop();
      }
    });
    explorer.explore();
    Execution first = Snapshots.of(explorer.graph());
    explorer.control(Control.NONE);
    totals.clear();
    found = null;
    return first;
  }

  /** Ends the exploration where it stands: what remains can still be taken from the explorer. */
  void halt() {
    halted = true;
    explorer.stop();
  }

  boolean isHalted() {
    return halted;
  }

  @Nullable
  Counterexample found() {
    return found;
  }

  @Override
  public void complete(ExecutionGraph graph) {
    String leak = Leaks.find(explorer);
    if (!leak.isEmpty()) {
      violated(graph, PropertyKind.LEAK, leak, -1);
      return;
    }
    if (settings.dataRaces()) {
      String race = Races.find(explorer);
      if (!race.isEmpty()) {
        violated(graph, PropertyKind.DATA_RACE, race, -1);
        return;
      }
    }
    totals.executions++;
    if (!registerNames().isEmpty()) {
      totals.outcomes.merge(explorer.registers().outcome(explorer), 1L, Long::sum);
    }
    verify();
    stopLooking();
  }

  /** Repeats some executions, the early ones above all, to see whether the code is a function of what it reads. */
  private void verify() {
    long all = totals.all();
    if (all <= VERIFIED || (all & (all - 1)) == 0) {
      explorer.replay();
    }
  }

  @Override
  public void blocked(ExecutionGraph graph) {
    totals.blocked++;
    verify();
    stopLooking();
  }

  @Override
  public void cut(ExecutionGraph graph) {
    totals.cut++;
    stopLooking();
  }

  @Override
  public void violated(ExecutionGraph graph, PropertyKind kind, String message, int thread) {
    totals.violations++;
    if (found == null) {
      foundAt = totals.all();
    }
    Counterexample shown = Counterexamples.of(explorer, kind, message, thread);
    if (thread >= 0 && kind == PropertyKind.ASSERTION && !explorer.isViolatedAgain()) {
      throw new NondeterminismException(
          explorer.threads().name(thread), "it violated an assertion (%s) before, not now".formatted(message));
    }
    if (found == null || isShorter(shown, found)) {
      found = shown;
    }
    stopLooking();
  }

  private static boolean isShorter(Counterexample one, Counterexample other) {
    return one.switches() < other.switches()
        || (one.switches() == other.switches() && one.steps().size() < other.steps().size());
  }

  private void stopLooking() {
    if (found != null && totals.all() - foundAt >= keepLooking) {
      explorer.stop();
    }
  }
}
