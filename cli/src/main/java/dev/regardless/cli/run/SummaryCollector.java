package dev.regardless.cli.run;

import dev.regardless.cli.run.RunSummary.Distribution;
import dev.regardless.emulation.Counters;
import dev.regardless.emulation.RunResult;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.ScenarioObserver;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Adds up runs of one architecture. */
final class SummaryCollector implements ScenarioObserver.Report {

  private static final int DIGITS = 3;

  private final Architecture architecture;
  final SequencedMap<String, Long> counts = new LinkedHashMap<>();
  final SequencedMap<String, Long> observed = new LinkedHashMap<>();
  private final SequencedMap<String, Histogram> histograms = new LinkedHashMap<>();
  private final TreeMap<String, Long> outcomes = new TreeMap<>();
  String unit = "";
  long units;

  SummaryCollector(Architecture architecture) {
    this.architecture = architecture;
  }

  void add(RunResult result) {
    Counters counters = result.counters();
    add("memory accesses", counters.accesses());
    add("loads", counters.loads());
    add("stores", counters.stores());
    add("atomics", counters.atomics());
    add("barriers", counters.allFences());
    for (int fence = 0; fence < architecture.fences(); fence++) {
      if (counters.fences(fence) > 0 || counts.containsKey(architecture.fenceName(fence))) {
        add(architecture.fenceName(fence), counters.fences(fence));
      }
    }
    add("lock acquisitions", counters.lockAcquisitions());
    add("cache misses", result.misses());
    add("emulated cycles", result.cycles());
    add("scheduling decisions", counters.decisions());
    add("task switches", counters.taskSwitches());
    add("preemptions", counters.preemptions());
    add("spawned threads", counters.spawned());
    add("buffer drains", counters.internalTransitions());
    add("faults injected", counters.faultsInjected());
    add("retries", counters.retries());
    add("objects allocated", result.allocated());
    add("objects freed", result.freed());
    add("reads past kept history", result.forcedForward());
  }

  void addOutcome(String outcome) {
    outcomes.merge(outcome, 1L, Long::sum);
  }

  private void add(String name, long value) {
    counts.merge(name, value, Long::sum);
  }

  @Override
  public void unit(String name, long count) {
    unit = name;
    units += count;
  }

  @Override
  public void count(String name, long value) {
    observed.merge(name, value, Long::sum);
  }

  @Override
  public void durations(String name, long[] durations, long[] occurrences) {
    Histogram histogram = histograms.computeIfAbsent(name, ignored -> new Histogram(DIGITS));
    for (int i = 0; i < durations.length; i++) {
      histogram.recordValueWithCount(durations[i], occurrences[i]);
    }
  }

  SequencedMap<String, Long> allCounts() {
    SequencedMap<String, Long> all = new LinkedHashMap<>(observed);
    all.putAll(counts);
    return all;
  }

  SequencedMap<String, Long> outcomes() {
    return outcomes;
  }

  SequencedMap<String, Distribution> distributions() {
    SequencedMap<String, Distribution> result = new LinkedHashMap<>();
    histograms.forEach((name, histogram) -> result.put(name, new Distribution(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue())));
    return result;
  }
}
