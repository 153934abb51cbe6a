package dev.regardless.cli.check;

import dev.regardless.checker.Counterexample;
import dev.regardless.execution.Event;
import dev.regardless.execution.Execution;
import java.util.List;

/** A counterexample's graph for Graphviz: po downwards, rf green, co blue, fr red. */
final class GraphDot {

  private GraphDot() {}

  static String of(String name, Counterexample example) {
    StringBuilder text = new StringBuilder("digraph \"%s\" {%n".formatted(escaped(name)));
    text.append("  node [shape=plaintext, fontname=monospace];%n".formatted());
    for (int thread = 0; thread < example.threads().size(); thread++) {
      cluster(text, example, thread);
    }
    Execution execution = example.execution();
    for (int e = 0; e < execution.size(); e++) {
      Event event = execution.event(e);
      if (event.previous() >= 0) {
        edge(text, event.previous(), e, "po", "black");
      }
      if (event.isRead() && event.readsFrom() >= 0) {
        edge(text, event.readsFrom(), e, "rf", "darkgreen");
      }
      next(text, execution, e);
    }
    return text.append("}%n".formatted()).toString();
  }

  // Only to the next write: the rest follows.
  private static void next(StringBuilder text, Execution execution, int from) {
    Event event = execution.event(from);
    if (!event.isAccess()) {
      return;
    }
    int rank = event.isRead() ? execution.rank(event.readsFrom()) : execution.rank(from);
    for (int to = 0; to < execution.size(); to++) {
      Event other = execution.event(to);
      if (other.isWrite() && other.location() == event.location() && execution.rank(to) == rank + 1
          && other.partner() != from) {
        edge(text, from, to, event.isRead() ? "fr" : "co", event.isRead() ? "red" : "blue");
      }
    }
  }

  private static void cluster(StringBuilder text, Counterexample example, int thread) {
    List<Counterexample.Step> steps = example.steps().stream().filter(step -> step.thread() == thread).toList();
    if (steps.isEmpty()) {
      return;
    }
    text.append("  subgraph cluster_%d { label=\"%s\";%n".formatted(thread, escaped(example.threads().get(thread))));
    for (Counterexample.Step step : steps) {
      String label = step.function().isEmpty() ? step.action() : step.action() + "\n" + step.function();
      text.append("    e%d [label=\"%s\"];%n".formatted(step.event(), escaped(label)));
    }
    text.append("  }%n".formatted());
  }

  private static void edge(StringBuilder text, int from, int to, String label, String colour) {
    text.append("  e%d -> e%d [label=\"%s\", color=%s, fontcolor=%s];%n".formatted(from, to, label, colour, colour));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
