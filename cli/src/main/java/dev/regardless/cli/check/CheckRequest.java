package dev.regardless.cli.check;

import dev.regardless.checker.CheckSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} was asked for.
 *
 * @param scenarios their names
 * @param architectures their names
 * @param parameters of all scenarios
 * @param settings the rest of what the checker needs
 * @param checkpoint file to write checkpoints to
 * @param checkpointMilliseconds interval between them
 * @param resume checkpoint to go on from
 * @param dot file for the counterexample's graph
 * @param json whether to print JSON
 * @param outcomes whether to print outcomes
 * @param terminal whether progress may be shown
 * @param interrupts takes what is to be done on Ctrl-C
 */
public record CheckRequest(
    List<String> scenarios,
    List<String> architectures,
    SortedMap<String, String> parameters,
    CheckSettings settings,
    @Nullable Path checkpoint,
    long checkpointMilliseconds,
    @Nullable Path resume,
    @Nullable Path dot,
    boolean json,
    boolean outcomes,
    boolean terminal,
    Consumer<Runnable> interrupts) {

  public CheckRequest {
    scenarios = List.copyOf(scenarios);
    architectures = List.copyOf(architectures);
    parameters = new TreeMap<>(parameters);
  }
}
