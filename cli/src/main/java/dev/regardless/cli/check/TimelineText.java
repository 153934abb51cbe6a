package dev.regardless.cli.check;

import dev.regardless.checker.Counterexample;
import java.util.ArrayList;
import java.util.List;

/** A counterexample as text: one column a thread, one line an event, time downwards. */
final class TimelineText {

  private static final int NARROWEST = 12;

  private TimelineText() {}

  static List<String> of(Counterexample example) {
    List<Integer> threads = threads(example);
    int[] widths = widths(example, threads);
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("  step");
    StringBuilder rule = new StringBuilder("  ----");
    for (int i = 0; i < threads.size(); i++) {
      head.append("  ").append(padded(example.threads().get(threads.get(i)), widths[i]));
      rule.append("  ").append("-".repeat(widths[i]));
    }
    lines.add(head.toString().stripTrailing());
    lines.add(rule.toString());
    for (int i = 0; i < example.steps().size(); i++) {
      lines.add(line(example.steps().get(i), i + 1, threads, widths));
      String note = example.steps().get(i).note();
      if (!note.isEmpty()) {
        lines.add("          ^ " + note);
      }
    }
    String who = example.thread().isEmpty() ? "in the end" : example.thread();
    lines.add("  => %s: %s: %s".formatted(who, example.kind().id(), example.message()));
    return lines;
  }

  private static List<Integer> threads(Counterexample example) {
    return example.steps().stream().map(Counterexample.Step::thread).distinct().sorted().toList();
  }

  private static int[] widths(Counterexample example, List<Integer> threads) {
    int[] widths = new int[threads.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(NARROWEST, example.threads().get(threads.get(i)).length());
    }
    for (Counterexample.Step step : example.steps()) {
      int column = threads.indexOf(step.thread());
      widths[column] = Math.max(widths[column], step.action().length());
    }
    return widths;
  }

  private static String line(Counterexample.Step step, int number, List<Integer> threads, int[] widths) {
    StringBuilder line = new StringBuilder("  %4d".formatted(number));
    for (int i = 0; i < widths.length; i++) {
      line.append("  ").append(padded(threads.get(i) == step.thread() ? step.action() : "", widths[i]));
    }
    if (!step.function().isEmpty()) {
      line.append("  ").append(step.function());
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
