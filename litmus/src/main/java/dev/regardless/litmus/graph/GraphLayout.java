package dev.regardless.litmus.graph;

import java.util.ArrayList;
import java.util.List;

/** Where events and columns stand: threads side by side, each event one row below the one before, initial writes on top. */
final class GraphLayout {
  private static final double MARGIN = 28;
  private static final double TITLE = 34;
  private static final double COLUMN_TITLE = 26;
  private static final double GAP = 110;
  private static final double ROW = 84;
  private static final double HEIGHT = 38;
  private static final double ACTION_CHARACTER = 8.6;
  private static final double INSTRUCTION_CHARACTER = 6.3;
  private static final double PADDING = 14;
  private static final double LEAST_COLUMN = 90;

  private final List<EventLabel> labels;
  private final List<Box> boxes = new ArrayList<>();
  private final List<Box> columns = new ArrayList<>();
  private final double width;
  private final double height;

  /**
   * Lays out a picture.
   *
   * @param labels  the events, initial writes first, then by thread and program order
   * @param threads how many threads there are
   */
  GraphLayout(List<EventLabel> labels, int threads) {
    this.labels = labels;
    List<EventLabel> initial = labels.stream().filter(label -> label.thread() < 0).toList();
    double top = MARGIN + TITLE + (initial.isEmpty() ? 0 : ROW);
    int rows = 0;
    double left = MARGIN + GAP / 2;
    double[] centers = new double[threads];
    for (int thread = 0; thread < threads; thread++) {
      double widest = columnWidth(thread);
      int events = count(thread);
      rows = Math.max(rows, events);
      centers[thread] = left + widest / 2;
      columns.add(new Box(left - PADDING, top, widest + 2 * PADDING, COLUMN_TITLE));
      left += widest + GAP;
    }
    double initialWidth = initial.stream().mapToDouble(GraphLayout::boxWidth).map(each -> each + GAP / 2).sum();
    width = Math.max(Math.max(left - GAP / 2, initialWidth + GAP), 260) + MARGIN;
    height = top + COLUMN_TITLE + rows * ROW + (threads > 2 ? ROW : MARGIN);
    place(initial, centers, top, initialWidth);
  }

  private void place(List<EventLabel> initial, double[] centers, double top, double initialWidth) {
    double nextInitial = (width - initialWidth) / 2;
    int[] row = new int[centers.length];
    for (EventLabel label : labels) {
      double wide = boxWidth(label);
      if (label.thread() < 0) {
        double gap = GAP / 2;
        boxes.add(new Box(nextInitial + gap / 2, MARGIN + TITLE, wide, HEIGHT * 0.7));
        nextInitial += wide + gap;
      } else {
        double y = top + COLUMN_TITLE + ROW * row[label.thread()]++ + ROW / 2;
        boxes.add(Box.around(centers[label.thread()], y, wide, label.instruction().isEmpty() ? HEIGHT * 0.7 : HEIGHT));
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      Box title = columns.get(column);
      double end = COLUMN_TITLE + Math.max(1, row[column]) * ROW;
      columns.set(column, new Box(title.x(), title.y(), title.width(), end));
    }
    if (boxes.size() < initial.size()) {
      throw new IllegalStateException("every event has a box");
    }
  }

  private int count(int thread) {
    return (int) labels.stream().filter(label -> label.thread() == thread).count();
  }

  private double columnWidth(int thread) {
    return labels.stream().filter(label -> label.thread() == thread).mapToDouble(GraphLayout::boxWidth).max()
        .orElse(LEAST_COLUMN);
  }

  private static double boxWidth(EventLabel label) {
    return PADDING + Math.max(label.action().length() * ACTION_CHARACTER,
        label.instruction().length() * INSTRUCTION_CHARACTER);
  }

  List<EventLabel> labels() {
    return labels;
  }

  /** One for each event. */
  List<Box> boxes() {
    return boxes;
  }

  /** One for each thread: the title's strip and everything below it. */
  List<Box> columns() {
    return columns;
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }
}
