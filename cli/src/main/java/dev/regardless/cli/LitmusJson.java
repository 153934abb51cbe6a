package dev.regardless.cli;

import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.TestResult;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The report of {@code litmus --json}: one object for each test, in the order of the files. */
final class LitmusJson {
  private final List<Item> items = new ArrayList<>();

  /** A test that was answered. */
  record AnsweredItem(String file, String status, String name, String architecture, String engine, String model,
      String kind, List<String> states, boolean validated, boolean loop, String observation, long positive,
      long negative, boolean countsExecutions, String condition, double seconds, String hash, List<String> differences,
      List<String> notes) implements Item {}

  /** A test that was not. */
  record OtherItem(String file, String status, List<String> messages) implements Item {}

  /** One test. */
  sealed interface Item {}

  void add(TestResult result, List<String> differences) {
    String file = result.file().toString();
    items.add(switch (result) {
      case TestResult.Answered answered -> answered(file, answered, differences);
      case TestResult.Malformed malformed -> new OtherItem(file, "malformed", List.of(malformed.message()));
      case TestResult.Refused refused -> new OtherItem(file, "not supported", List.of(refused.message()));
      case TestResult.GaveUp gaveUp -> new OtherItem(file, "limit reached", List.of(gaveUp.message()));
      case TestResult.Disagreed disagreed -> new OtherItem(file, "engines disagree", disagreed.differences());
      case TestResult.Failed failed -> new OtherItem(file, "failed", List.of(failed.failure().toString()));
    });
  }

  private static AnsweredItem answered(String file, TestResult.Answered answered, List<String> differences) {
    LogEntry entry = answered.entry();
    return new AnsweredItem(file, differences.isEmpty() ? "answered" : "expectation missed", entry.name(),
        answered.loaded().test().isa().name(), answered.engine(), answered.model(), entry.kind(), entry.states(),
        entry.validated(), entry.loop(), entry.observation(), entry.positive(), entry.negative(),
        answered.exploration().countsExecutions(), entry.condition(), entry.seconds(), entry.hash(), differences,
        answered.notes());
  }

  String text() {
    ObjectWriter writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    return writer.writeValueAsString(items);
  }
}
