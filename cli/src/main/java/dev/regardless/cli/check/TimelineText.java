package dev.regardless.cli.check;

import dev.regardless.checker.Counterexample;
import java.util.ArrayList;
import java.util.List;

/** A counterexample as text: one column a thread, one line an event or atomic update, time
 * downwards. Steps are numbered by event; an atomic update has the number of its write. */
final class TimelineText {

  private static final int NARROWEST = 12;

  private TimelineText() {}

  /** What one line shows: a step, or the two halves of an atomic update. */
  private record Line(int number, Counterexample.Step step, String action, String note) {}

  static List<String> of(Counterexample example) {
    List<Line> shown = merged(example);
    List<Integer> threads = threads(example);
    int[] widths = widths(example, shown, threads);
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("  step");
    StringBuilder rule = new StringBuilder("  ----");
    for (int i = 0; i < threads.size(); i++) {
      head.append("  ").append(padded(example.threads().get(threads.get(i)), widths[i]));
      rule.append("  ").append("-".repeat(widths[i]));
    }
    lines.add(head.toString().stripTrailing());
    lines.add(rule.toString());
    for (Line line : shown) {
      lines.add(text(line, threads, widths));
      if (!line.note().isEmpty()) {
        lines.add("          ^ " + line.note());
      }
    }
    String who = example.thread().isEmpty() ? "in the end" : example.thread();
    lines.add("  => %s: %s: %s".formatted(who, example.kind().id(), example.message()));
    return lines;
  }

  private static List<Line> merged(Counterexample example) {
    List<Line> lines = new ArrayList<>();
    List<Counterexample.Step> steps = example.steps();
    for (int i = 0; i < steps.size(); i++) {
      Counterexample.Step step = steps.get(i);
      if (i + 1 < steps.size() && example.execution().event(steps.get(i + 1).event()).partner() == step.event()) {
        // The write's number: notes name the step that wrote.
        i++;
        lines.add(new Line(i + 1, step, step.action() + ", writes " + steps.get(i).written(), step.note()));
      } else {
        lines.add(new Line(i + 1, step, step.action(), step.note()));
      }
    }
    return lines;
  }

  private static List<Integer> threads(Counterexample example) {
    return example.steps().stream().map(Counterexample.Step::thread).distinct().sorted().toList();
  }

  private static int[] widths(Counterexample example, List<Line> lines, List<Integer> threads) {
    int[] widths = new int[threads.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(NARROWEST, example.threads().get(threads.get(i)).length());
    }
    for (Line line : lines) {
      int column = threads.indexOf(line.step().thread());
      widths[column] = Math.max(widths[column], line.action().length());
    }
    return widths;
  }

  private static String text(Line shown, List<Integer> threads, int[] widths) {
    StringBuilder line = new StringBuilder("  %4d".formatted(shown.number()));
    for (int i = 0; i < widths.length; i++) {
      line.append("  ").append(padded(threads.get(i) == shown.step().thread() ? shown.action() : "", widths[i]));
    }
    if (!shown.step().function().isEmpty()) {
      line.append("  ").append(shown.step().function());
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
