package dev.regardless.tests.litmus;

import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.load.TestLoader;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.LitmusTest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs tests that are written inside Java code. */
final class Explorations {
  private Explorations() {}

  static LitmusTest test(String text) {
    LoadedTest loaded = TestLoader.load("inline.litmus", text);
    return loaded.test();
  }

  static Exploration explore(LitmusEngine engine, LitmusTest test, String model, int unrollings) {
    return engine.explore(test, model, new ExplorationLimits(Long.MAX_VALUE, 0, unrollings, 0));
  }

  /** The outcomes as text with their numbers of witnesses, in order. */
  static Map<String, Long> outcomes(Exploration exploration) {
    Map<String, Long> result = new TreeMap<>();
    for (Outcome outcome : exploration.outcomes().outcomes()) {
      result.put(Arrays.toString(outcome.values()), exploration.outcomes().witnesses(outcome));
    }
    return result;
  }
}
