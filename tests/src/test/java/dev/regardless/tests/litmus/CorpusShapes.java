package dev.regardless.tests.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classic shapes of litmus tests as cycles: each thread does accesses in program order, and what stands between two
 * of them (nothing, a fence, a dependency, an ordering) is chosen per thread.
 */
final class CorpusShapes {
  /**
   * One access.
   *
   * @param write    whether it is a store; its value is then stored, else the value that the condition asks for
   * @param location the variable
   */
  record Access(boolean write, String location, int value) {}

  /**
   * A shape.
   *
   * @param threads each thread's accesses
   * @param finals  what the condition asks of variables, beside the values of loads
   */
  record Shape(String name, List<List<Access>> threads, String finals) {}

  private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

  private CorpusShapes() {}

  static {
    add("SB", "", "W x 1, R y 0", "W y 1, R x 0");
    add("MP", "", "W x 1, W y 1", "R y 1, R x 0");
    add("LB", "", "R x 1, W y 1", "R y 1, W x 1");
    add("S", "[x]=2", "W x 2, W y 1", "R y 1, W x 1");
    add("R", "[y]=2", "W x 1, W y 1", "W y 2, R x 0");
    add("2+2W", "[x]=2 /\\ [y]=2", "W x 2, W y 1", "W y 2, W x 1");
    add("WRC", "", "W x 1", "R x 1, W y 1", "R y 1, R x 0");
    add("RWC", "", "W x 1", "R x 1, R y 0", "W y 1, R x 0");
    add("WWC", "[x]=2", "W x 2", "R x 2, W y 1", "R y 1, W x 1");
    add("IRIW", "", "W x 1", "R x 1, R y 0", "W y 1", "R y 1, R x 0");
    add("ISA2", "", "W x 1, W y 1", "R y 1, W z 1", "R z 1, R x 0");
    add("W+RWC", "", "W x 1, W y 1", "R y 1, R z 0", "W z 1, R x 0");
    add("Z6.2", "[x]=2", "W x 2, W y 1", "R y 1, W z 1", "R z 1, W x 1");
    add("3.SB", "", "W x 1, R y 0", "W y 1, R z 0", "W z 1, R x 0");
    add("3.LB", "", "R x 1, W y 1", "R y 1, W z 1", "R z 1, W x 1");
    add("3.2W", "[x]=2 /\\ [y]=2 /\\ [z]=2", "W x 2, W y 1", "W y 2, W z 1", "W z 2, W x 1");
    add("CoRR", "", "W x 1", "R x 1, R x 0");
    add("CoRW1", "", "R x 1, W x 1");
    add("CoRW2", "[x]=2", "W x 2", "R x 2, W x 1");
    add("CoWR", "[x]=1", "W x 1, R x 0", "W x 2");
    add("CoWW", "[x]=1", "W x 1, W x 2");
  }

  private static void add(String name, String finals, String... threads) {
    List<List<Access>> parsed = new ArrayList<>();
    for (String thread : threads) {
      List<Access> accesses = new ArrayList<>();
      for (String access : thread.split(", ")) {
        String[] words = access.split(" ");
        accesses.add(new Access(words[0].equals("W"), words[1], Integer.parseInt(words[2])));
      }
      parsed.add(accesses);
    }
    SHAPES.put(name, new Shape(name, parsed, finals));
  }

  /** The shape with this name. */
  static Shape named(String name) {
    Shape shape = SHAPES.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no shape " + name);
    }
    return shape;
  }

  static List<String> names() {
    return List.copyOf(SHAPES.keySet());
  }

  /**
   * A test of the generic dialect.
   *
   * @param shape the cycle
   * @param links for each thread with two accesses what stands between them: {@code po}, {@code fence},
   *              {@code fence.load}, {@code fence.store}, {@code addr}, {@code data}, {@code ctrl}, {@code acq} or
   *              {@code acqpc} (of the first access), {@code rel} (of the second), {@code relacq} (first release, second
   *              acquire), {@code acqrel}, {@code swap} (the first store is a swap)
   */
  static String generic(Shape shape, List<String> links) {
    List<List<String>> columns = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    int link = 0;
    for (int thread = 0; thread < shape.threads().size(); thread++) {
      List<Access> accesses = shape.threads().get(thread);
      String chosen = accesses.size() > 1 ? links.get(link++) : "po";
      columns.add(column(accesses, chosen));
      int register = 0;
      for (Access access : accesses) {
        if (!access.write()) {
          conditions.add(thread + ":r" + register++ + "=" + access.value());
        }
      }
    }
    if (!shape.finals().isEmpty()) {
      conditions.add(shape.finals());
    }
    return text(name(shape, links), columns, String.join(" /\\ ", conditions));
  }

  static String name(Shape shape, List<String> links) {
    return links.isEmpty() ? shape.name() : shape.name() + "+" + String.join("+", links);
  }

  private static List<String> column(List<Access> accesses, String link) {
    List<String> cells = new ArrayList<>();
    int register = 0;
    for (int index = 0; index < accesses.size(); index++) {
      Access access = accesses.get(index);
      boolean first = index == 0;
      if (!first && link.startsWith("fence")) {
        cells.add(link);
      }
      if (!first && link.equals("ctrl")) {
        cells.add("branch r0");
      }
      String dependency = !first && (link.equals("addr") || link.equals("data")) ? " " + link + " r0" : "";
      if (!access.write()) {
        boolean acquires = first ? link.equals("acq") || link.equals("acqrel") : link.equals("relacq");
        String ordering = first && link.equals("acqpc") ? ".acquirepc" : acquires ? ".acquire" : "";
        cells.add("r" + register++ + " = load" + ordering + " " + access.location() + dependency);
      } else if (first && link.equals("swap")) {
        cells.add("r5 = swap " + access.location() + " " + access.value());
      } else {
        boolean releases = first ? link.equals("relacq") : link.equals("rel") || link.equals("acqrel");
        cells.add("store" + (releases ? ".release" : "") + " " + access.location() + " " + access.value()
            + dependency);
      }
    }
    return cells;
  }

  /** A test of the generic dialect from its columns. */
  static String text(String name, List<List<String>> columns, String condition) {
    StringBuilder text = new StringBuilder("Generic " + name + "\n{}\n");
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    for (int row = -1; row < rows; row++) {
      for (int column = 0; column < columns.size(); column++) {
        List<String> cells = columns.get(column);
        int width = Math.max(2, cells.stream().mapToInt(String::length).max().orElse(0));
        String cell = row < 0 ? "P" + column : row < cells.size() ? cells.get(row) : "";
        text.append(column == 0 ? " " : "| ").append(cell).append(" ".repeat(width - cell.length() + 1));
      }
      text.append(";\n");
    }
    return text + "exists (" + condition + ")\n";
  }
}
