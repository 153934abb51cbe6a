package dev.regardless.checker;

import dev.regardless.machine.Architecture;
import java.util.List;
import java.util.Map;

/**
 * What to check and how far.
 *
 * @param primitives variant of the architecture's primitives; empty for its default
 * @param weakened names of primitives broken on purpose, see {@link dev.regardless.machine.WeakenedPrimitives}
 * @param parameters values of the scenario's parameters; those missing have their defaults
 * @param workers number of threads that explore
 * @param executions limit of executions; {@link #UNLIMITED} for none
 * @param seconds limit of time; {@link #UNLIMITED} for none
 * @param megabytes limit of heap memory in use, in MiB; {@link #UNLIMITED} for none
 * @param dataRaces whether conflicting accesses without order, one of them plain, are violations
 */
public record CheckSettings(
    String primitives,
    List<String> weakened,
    Map<String, String> parameters,
    int workers,
    long executions,
    long seconds,
    long megabytes,
    boolean dataRaces) {

  /** No limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  public CheckSettings {
    weakened = List.copyOf(weakened);
    parameters = Map.copyOf(parameters);
  }

  /** One worker, nothing weakened, no limits. */
  public static CheckSettings plain(Map<String, String> parameters) {
    return new CheckSettings("", List.of(), parameters, 1, UNLIMITED, UNLIMITED, UNLIMITED, false);
  }

  /** The variant of primitives on an architecture. */
  String variantOn(Architecture architecture) {
    return primitives.isEmpty() ? architecture.primitiveVariants().getFirst() : primitives;
  }

  /** The same with other primitives. */
  public CheckSettings withPrimitives(String variant, List<String> broken) {
    return new CheckSettings(variant, broken, parameters, workers, executions, seconds, megabytes, dataRaces);
  }

  /** The same with another number of workers. */
  public CheckSettings withWorkers(int count) {
    return new CheckSettings(primitives, weakened, parameters, count, executions, seconds, megabytes, dataRaces);
  }
}
