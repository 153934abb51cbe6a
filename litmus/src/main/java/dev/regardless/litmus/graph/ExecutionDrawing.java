package dev.regardless.litmus.graph;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.Annotation;
import dev.regardless.litmus.engine.ExecutionExample;
import dev.regardless.litmus.engine.ExecutionExample.Edge;
import dev.regardless.litmus.engine.ExecutionExample.Node;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.report.StatePrinter;
import dev.regardless.litmus.test.MemoryCell;
import dev.regardless.litmus.test.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Draws an execution: threads as columns, events in program order, relations as in herd's pictures. */
public final class ExecutionDrawing {
  private final LoadedTest loaded;
  private final ExecutionExample example;
  private final StatePrinter printer;

  private ExecutionDrawing(LoadedTest loaded, ExecutionExample example) {
    this.loaded = loaded;
    this.example = example;
    this.printer = new StatePrinter(loaded);
  }

  /**
   * Draws the first kept execution that satisfies the condition, or else the first kept one, as {@code NAME.svg}.
   *
   * @return what went without a drawing, for the user; empty if the file was written
   * @throws BadInputException if the file cannot be written
   */
  public static Optional<String> write(LoadedTest loaded, Exploration exploration, Path folder) {
    List<ExecutionExample> examples = exploration.examples();
    Optional<ExecutionExample> chosen = examples.stream().filter(ExecutionExample::satisfies).findFirst()
        .or(() -> examples.stream().findFirst());
    if (chosen.isEmpty()) {
      return Optional.of(loaded.test().name() + ": no execution to draw");
    }
    Path file = folder.resolve(loaded.test().name().replaceAll("[^A-Za-z0-9._+-]", "_") + ".svg");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, svg(loaded, chosen.get()), StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw BadInputException.in(file.toString(), "cannot be written", "a writable folder").causedBy(unwritable);
    }
    return Optional.empty();
  }

  /** The drawing as SVG text; equal executions give equal text. */
  public static String svg(LoadedTest loaded, ExecutionExample example) {
    return new ExecutionDrawing(loaded, example).draw();
  }

  private String draw() {
    List<Integer> shown = shownEvents();
    List<EventLabel> labels = new ArrayList<>();
    for (int position = 0; position < shown.size(); position++) {
      labels.add(label(example.events().get(shown.get(position)), position));
    }
    GraphLayout layout = new GraphLayout(labels, loaded.test().threads().size());
    List<Relation> relations = relations(shown);
    List<RoutedEdge> edges = new EdgeRouter(layout.boxes(), layout.width(), layout.height()).route(relations);
    return new SvgWriter(loaded.test().name(), layout, edges, captions()).text();
  }

  private List<String> captions() {
    return List.of("Final state: " + printer.text(example.outcome()),
        "Condition " + loaded.conditionText() + ": the execution "
            + (example.satisfies() ? "satisfies" : "does not satisfy")
            + " the proposition");
  }

  /** All events of threads, and the initial writes that something reads or overwrites visibly. */
  private List<Integer> shownEvents() {
    Set<Integer> used = new HashSet<>();
    example.readsFrom().forEach(edge -> used.add(edge.from()));
    Set<Integer> shown = new TreeSet<>();
    for (int position = 0; position < example.events().size(); position++) {
      if (example.events().get(position).thread() >= 0 || used.contains(position)) {
        shown.add(position);
      }
    }
    return List.copyOf(shown);
  }

  private EventLabel label(Node node, int position) {
    String letter = letters(position);
    if (node.role() == ExecutionExample.Role.FENCE) {
      return new EventLabel(node.thread(), letter + ": " + Objects.requireNonNull(node.fence()).example(), "");
    }
    MemoryCell cell = loaded.test().memory().cells().get(node.cell());
    ValueType type = cell.type();
    String action = (node.role() == ExecutionExample.Role.READ ? "R" : "W") + "[" + cell.text() + "]"
        + Annotation.text(node.annotations()) + "=" + printer.value(node.value(), type);
    String instruction = node.thread() < 0 || node.instruction() < 0
        ? ""
        : loaded.test().threads().get(node.thread()).instructions().get(node.instruction()).text();
    return new EventLabel(node.thread(), letter + ": " + action, instruction);
  }

  private static String letters(int position) {
    String last = Character.toString('a' + position % 26);
    return position < 26 ? last : letters(position / 26 - 1) + last;
  }

  private List<Relation> relations(List<Integer> shown) {
    List<Relation> relations = new ArrayList<>();
    for (int position = 1; position < shown.size(); position++) {
      Node before = example.events().get(shown.get(position - 1));
      Node after = example.events().get(shown.get(position));
      if (before.thread() >= 0 && before.thread() == after.thread()) {
        relations.add(new Relation(RelationKind.PROGRAM_ORDER, position - 1, position));
      }
    }
    add(relations, shown, RelationKind.ATOMIC, example.atomicPairs());
    add(relations, shown, RelationKind.ADDRESS, example.addressDependencies());
    add(relations, shown, RelationKind.DATA, example.dataDependencies());
    add(relations, shown, RelationKind.CONTROL, nearest(example.controlDependencies()));
    add(relations, shown, RelationKind.READS_FROM, example.readsFrom());
    add(relations, shown, RelationKind.COHERENCE, example.coherence());
    add(relations, shown, RelationKind.FROM_READS, example.fromReads());
    return relations;
  }

  /** A control dependency reaches everything after the branch; only its first target is drawn. */
  private static List<Edge> nearest(List<Edge> edges) {
    List<Edge> first = new ArrayList<>();
    for (Edge edge : edges) {
      if (edges.stream().noneMatch(other -> other.from() == edge.from() && other.to() < edge.to())) {
        first.add(edge);
      }
    }
    return first;
  }

  private static void add(List<Relation> relations, List<Integer> shown, RelationKind kind, List<Edge> edges) {
    for (Edge edge : edges) {
      int from = shown.indexOf(edge.from());
      int to = shown.indexOf(edge.to());
      if (from >= 0 && to >= 0) {
        relations.add(new Relation(kind, from, to));
      }
    }
  }
}
