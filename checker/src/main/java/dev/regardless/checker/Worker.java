package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One explorer with its own instance of the scenario, and what it counted. */
final class Worker implements ExecutionListener {

  final Totals totals = new Totals();
  final Explorer explorer;
  private final Context context;
  private final CheckSettings settings;
  private final int keepLooking;
  private @Nullable Counterexample found;
  private long foundAt;

  /**
   * @param keepLooking number of executions after the first violation in which to look for a shorter one; 0 to stop at the
   *     first without making a counterexample
   */
  Worker(Scenario scenario, Architecture architecture, CheckSettings settings, int keepLooking) {
    this.settings = settings;
    this.keepLooking = keepLooking;
    String variant = settings.primitives().isEmpty()
        ? architecture.primitiveVariants().getFirst()
        : settings.primitives();
    this.explorer = new Explorer(
        architecture, variant, settings.weakened(), architecture.memoryModel(), this, new Choices(), new Revisits());
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
    stopLooking();
  }

  @Override
  public void blocked(ExecutionGraph graph) {
    totals.blocked++;
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
    if (keepLooking == 0) {
      explorer.stop();
      return;
    }
    if (found == null) {
      foundAt = totals.all();
    }
    Counterexample shown = Counterexamples.of(explorer, kind, message, thread);
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
