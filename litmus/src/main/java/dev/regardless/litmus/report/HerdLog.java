package dev.regardless.litmus.report;

import dev.regardless.input.BadInputException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.Quantifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Herd's log format. */
public final class HerdLog {
  private HerdLog() {}

  /**
   * What a log says about an exploration. Where the engine does not count executions, each outcome counts once.
   *
   * @param loaded      the test
   * @param quantifier  the test's own, or what a kinds file asks for
   * @param exploration complete
   * @param seconds     time spent
   */
  public static LogEntry entry(LoadedTest loaded, Quantifier quantifier, Exploration exploration, double seconds) {
    StatePrinter printer = new StatePrinter(loaded);
    long positive = 0;
    long negative = 0;
    for (Outcome outcome : exploration.outcomes().outcomes()) {
      long witnesses = exploration.countsExecutions() ? exploration.outcomes().witnesses(outcome) : 1;
      if (loaded.test().condition().holds(outcome.values())) {
        positive += witnesses;
      } else {
        negative += witnesses;
      }
    }
    boolean validated = switch (quantifier) {
      case EXISTS -> positive > 0;
      case NOT_EXISTS -> positive == 0;
      case FORALL -> negative == 0;
    };
    List<String> states = new ArrayList<>();
    for (Outcome outcome : printer.sorted(exploration.outcomes().outcomes())) {
      states.add(printer.text(outcome));
    }
    return new LogEntry(loaded.test().name(), kind(quantifier), states, validated, exploration.loopCut(), positive,
        negative, loaded.conditionText(), seconds, TestHash.of(loaded));
  }

  /** The word of kinds files and logs for a quantifier. */
  public static String kind(Quantifier quantifier) {
    return switch (quantifier) {
      case EXISTS -> "Allowed";
      case NOT_EXISTS -> "Forbidden";
      case FORALL -> "Required";
    };
  }

  /** One test's part of a log, with the empty line that ends it. */
  public static String text(LogEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append("Test ").append(entry.name()).append(' ').append(entry.kind()).append('\n');
    text.append("States ").append(entry.states().size()).append('\n');
    entry.states().forEach(state -> text.append(state).append('\n'));
    text.append(entry.loop() ? "Loop " : "").append(entry.validated() ? "Ok" : "No").append('\n');
    boolean forbidden = entry.kind().equals("Forbidden");
    text.append("Witnesses\nPositive: ").append(forbidden ? entry.negative() : entry.positive())
        .append(" Negative: ").append(forbidden ? entry.positive() : entry.negative()).append('\n');
    text.append("Condition ").append(entry.condition()).append('\n');
    text.append("Observation ").append(entry.name()).append(' ').append(entry.observation()).append(' ')
        .append(entry.positive()).append(' ').append(entry.negative()).append('\n');
    text.append("Time ").append(entry.name()).append(' ')
        .append(hundredths(entry.seconds())).append('\n');
    if (!entry.hash().isEmpty()) {
      text.append("Hash=").append(entry.hash()).append('\n');
    }
    return text.append('\n').toString();
  }

  private static String hundredths(double seconds) {
    long hundredths = Math.round(seconds * 100);
    return hundredths / 100 + (hundredths % 100 < 10 ? ".0" : ".") + hundredths % 100;
  }

  /**
   * Reads a log.
   *
   * @return the tests by name, in the log's order
   * @throws BadInputException if it cannot be read or is not a log
   */
  public static Map<String, LogEntry> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw BadInputException.in(file.toString(), "cannot be read", "a log of herd or of 'litmus'")
          .causedBy(unreadable);
    }
    return parse(file.toString(), lines);
  }

  /**
   * Reads a log from memory.
   *
   * @param file the name for messages
   */
  public static Map<String, LogEntry> parse(String file, List<String> lines) {
    Map<String, LogEntry> entries = new LinkedHashMap<>();
    LogParser parser = new LogParser(file, lines);
    while (parser.hasNext()) {
      LogEntry entry = parser.next();
      if (entries.putIfAbsent(entry.name(), entry) != null) {
        throw parser.error("test '" + entry.name() + "' again", "each test once");
      }
    }
    if (entries.isEmpty()) {
      throw BadInputException.in(file, "no test", "a log of herd or of 'litmus'");
    }
    return entries;
  }
}
