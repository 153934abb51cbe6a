package dev.regardless.litmus.run;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.load.TestLoader;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.StatePrinter;
import dev.regardless.litmus.test.Quantifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers one file at a time.
 *
 * @param engines the engines to ask; if there are several, they must agree, and the first one's answer is reported
 * @param model   the memory model, or empty for the one of each test's architecture
 * @param limits  when to give up
 * @param kinds   what a kinds file says about tests by name; where it speaks, it replaces the test's own quantifier
 */
public record TestRun(List<LitmusEngine> engines, Optional<String> model, ExplorationLimits limits,
    Map<String, Quantifier> kinds) {
  private static final double NANOSECONDS = 1e9;

  public TestRun {
    engines = List.copyOf(engines);
    kinds = Map.copyOf(kinds);
  }

  /** Answers a file; what goes wrong is part of the result. */
  public TestResult answer(Path file) {
    return answer(file, () -> TestLoader.load(file));
  }

  /** Answers a test from memory; the file is only named. */
  public TestResult answer(Path file, String text) {
    return answer(file, () -> TestLoader.load(file.toString(), text));
  }

  private TestResult answer(Path file, Supplier<LoadedTest> loader) {
    try {
      long start = System.nanoTime();
      return explore(file, loader.get(), start);
    } catch (BadInputException malformed) {
      return new TestResult.Malformed(file, String.valueOf(malformed.getMessage()));
    } catch (UnsupportedTestException refused) {
      return new TestResult.Refused(file, String.valueOf(refused.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      return new TestResult.Failed(file, failure);
    }
  }

  private TestResult explore(Path file, LoadedTest loaded, long start) {
    String name = model.orElse(loaded.test().isa().defaultModel());
    List<String> notes = new ArrayList<>();
    Exploration first = engines.getFirst().explore(loaded.test(), name, limits);
    if (!first.complete()) {
      return new TestResult.GaveUp(file, loaded, gaveUp(engines.getFirst(), loaded, first));
    }
    for (LitmusEngine other : engines.subList(1, engines.size())) {
      Exploration second = other.explore(loaded.test(), name, limits);
      if (!second.complete()) {
        notes.add(gaveUp(other, loaded, second));
        continue;
      }
      List<String> differences = differences(loaded, engines.getFirst(), first, other, second);
      if (!differences.isEmpty()) {
        return new TestResult.Disagreed(file, loaded, differences);
      }
    }
    double seconds = (System.nanoTime() - start) / NANOSECONDS;
    Quantifier quantifier = kinds.getOrDefault(loaded.test().name(), loaded.test().quantifier());
    return new TestResult.Answered(file, loaded, engines.getFirst().name(), name, first,
        HerdLog.entry(loaded, quantifier, first, seconds), List.copyOf(notes));
  }

  private static String gaveUp(LitmusEngine engine, LoadedTest loaded, Exploration exploration) {
    return loaded.test().name() + ": the " + engine.name() + " engine reached a limit after " + exploration.visited()
        + (exploration.countsExecutions() ? " executions" : " states");
  }

  private static List<String> differences(LoadedTest loaded, LitmusEngine first, Exploration firstFound,
      LitmusEngine second, Exploration secondFound) {
    List<String> lines = new ArrayList<>();
    StatePrinter printer = new StatePrinter(loaded);
    only(firstFound, secondFound).forEach(outcome -> lines.add("only " + first.name() + ": " + printer.text(outcome)));
    only(secondFound, firstFound).forEach(outcome -> lines.add("only " + second.name() + ": " + printer.text(outcome)));
    return lines;
  }

  private static Set<Outcome> only(Exploration here, Exploration there) {
    Set<Outcome> rest = new LinkedHashSet<>(here.outcomes().outcomes());
    rest.removeAll(there.outcomes().outcomes());
    return rest;
  }
}
