package dev.regardless.tests.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.machine.Architectures;
import dev.regardless.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each design with one line changed: the scenario made for that slip notices it, and holds without it. */
class MutantsTest {

  /** A line of {@code mutants.txt}; its fate is scenario, architecture, verdict and the scenario's parameters. */
  record Mutant(String name, String design, Mutation mutation, String fate) {

    boolean isEquivalent() {
      return fate.startsWith("equivalent: ");
    }

    @Override
    public String toString() {
      return design + " " + name;
    }
  }

  private static final int LEAST = 25;
  private static final int MOST_EXECUTIONS = 20_000;

  /** Scenarios that equivalent mutants of each design must pass: those that use the line that was changed. */
  private static final List<String> PASSED = List.of("aio-poll-cancel-after-early-wake",
      "aio-poll-cancel-after-early-keyless-wake", "aio-poll-cancel-against-wake",
      "aio-poll-cancel-against-keyless-wake",
      "aio-poll-late-error", "aio-poll-early-event", "aio-cancel-transfer", "aio-cancel-during-transfer-submit",
      "aio-ring-moved-against-destroy", "aio-ring-migrated", "aio-ring-migrated-against-destroy");

  static List<Mutant> mutants() throws IOException {
    try (InputStream stream = Objects.requireNonNull(MutantsTest.class.getResourceAsStream("mutants.txt"))) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(MutantsTest::parse).toList();
    }
  }

  private static Mutant parse(String line) {
    String[] fields = line.split(" \\| ");
    return new Mutant(fields[0], fields[1], Mutation.parse(fields[2], fields[3]), fields[4]);
  }

  static Stream<Mutant> noticed() throws IOException {
    return mutants().stream().filter(mutant -> !mutant.isEquivalent());
  }

  static Stream<Mutant> equivalent() throws IOException {
    return mutants().stream().filter(Mutant::isEquivalent);
  }

  @ParameterizedTest
  @MethodSource("noticed")
  void isNoticed(Mutant mutant) {
    String[] words = mutant.fate().split(" ");
    Map<String, String> parameters = parameters(mutant.design(), List.of(words).subList(3, words.length));
    assertEquals("holds", check(MutantsTest.class.getClassLoader(), words[0], parameters, words[1]),
        () -> "the original " + mutant.design());
    assertEquals(words[2], check(new MutatedClasses(mutant.mutation()), words[0], parameters, words[1]),
        mutant::toString);
  }

  /** Of the scenario: the design, and those given as {@code name=value}. */
  private static Map<String, String> parameters(String design, List<String> pairs) {
    Map<String, String> parameters = new TreeMap<>(Map.of("design", design));
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("equivalent")
  void changesNothing(Mutant mutant) {
    for (String scenario : PASSED) {
      List<String> pairs = scenario.startsWith("aio-ring-") ? List.of("references=atomic") : List.of();
      assertEquals("holds", check(new MutatedClasses(mutant.mutation()), scenario,
          parameters(mutant.design(), pairs), "sc"), scenario);
    }
  }

  @Test
  void thereAreEnough() throws IOException {
    assertTrue(noticed().count() >= LEAST);
    assertEquals(mutants().size(), mutants().stream().map(Mutant::toString).distinct().count());
  }

  /** A change that finds nothing to change must not pass for a mutant. */
  @Test
  void aChangeOfNothingIsRefused() {
    Mutation nothing = Mutation.parse("FinalPutLife.begin", "drop noSuchMethod");
    Throwable failure = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
        () -> new MutatedClasses(nothing).loadClass(nothing.className()));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("nothing to change"), failure::toString);
  }

  /** The verdict, or the property that is violated. Scenario and designs are looked for among the given classes. */
  private static String check(
      ClassLoader classes, String scenario, Map<String, String> parameters, String architecture) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      Scenario found = ServiceLoader.load(Scenario.class, classes).stream().map(ServiceLoader.Provider::get)
          .filter(each -> each.name().equals(scenario)).findFirst().orElseThrow();
      CheckSettings settings = new CheckSettings("", List.of(), parameters, 1, MOST_EXECUTIONS,
          CheckSettings.UNLIMITED, CheckSettings.UNLIMITED, false);
      CheckResult result = new Checker(found, Architectures.named(architecture), settings).run();
      return result.counterexample() == null ? result.verdict().text() : result.counterexample().kind().id();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
