package dev.regardless.litmus.graph;

import java.util.List;
import java.util.Locale;

/** Writes a laid-out picture as SVG. */
final class SvgWriter {
  private static final double CAPTION_LINE = 18;
  private static final double CAPTION_CHARACTER = 6.7;
  private static final double ARROW = 9;
  private static final double ARROW_HALF = 3.6;

  private final String title;
  private final GraphLayout layout;
  private final List<RoutedEdge> edges;
  private final List<String> captions;
  private final StringBuilder svg = new StringBuilder();

  SvgWriter(String title, GraphLayout layout, List<RoutedEdge> edges, List<String> captions) {
    this.title = title;
    this.layout = layout;
    this.edges = edges;
    this.captions = captions;
  }

  String text() {
    double widest = captions.stream().mapToDouble(String::length).max().orElse(0) * CAPTION_CHARACTER + 40;
    double width = Math.max(layout.width(), widest);
    double height = layout.height() + captions.size() * CAPTION_LINE + 8;
    line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" "
        + "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">", width, height, width, height);
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    line("<text x=\"%s\" y=\"%s\" font-size=\"17\" font-weight=\"bold\" text-anchor=\"middle\">%s</text>", width / 2,
        34.0, escape(title));
    line("<g transform=\"translate(%s 0)\">", (width - layout.width()) / 2);
    columns();
    edges.forEach(this::edge);
    events();
    edges.forEach(this::label);
    line("</g>");
    for (int index = 0; index < captions.size(); index++) {
      line("<text x=\"%s\" y=\"%s\" font-size=\"11\" fill=\"#404040\">%s</text>", 20.0,
          layout.height() + index * CAPTION_LINE, escape(captions.get(index)));
    }
    line("</svg>");
    return svg.toString();
  }

  private void columns() {
    for (int thread = 0; thread < layout.columns().size(); thread++) {
      Box column = layout.columns().get(thread);
      line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\" fill=\"#f4f5f7\" stroke=\"#d5d8dd\"/>",
          column.x(), column.y(), column.width(), column.height());
      line("<text x=\"%s\" y=\"%s\" font-size=\"13\" fill=\"#505860\" text-anchor=\"middle\">Thread %d</text>",
          column.centerX(), column.y() + 18, thread);
    }
  }

  private void events() {
    for (int event = 0; event < layout.boxes().size(); event++) {
      Box box = layout.boxes().get(event);
      EventLabel label = layout.labels().get(event);
      line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" fill=\"#ffffff\" fill-opacity=\"0.92\"/>",
          box.x(), box.y(), box.width(), box.height());
      boolean two = !label.instruction().isEmpty();
      line("<text x=\"%s\" y=\"%s\" font-size=\"14\" text-anchor=\"middle\">%s</text>", box.centerX(),
          two ? box.y() + 16 : box.centerY() + 5, escape(label.action()));
      if (two) {
        line("<text x=\"%s\" y=\"%s\" font-size=\"10\" fill=\"#707880\" text-anchor=\"middle\">%s</text>",
            box.centerX(), box.y() + 31, escape(label.instruction()));
      }
    }
  }

  private void edge(RoutedEdge edge) {
    Curve curve = edge.curve();
    RelationKind kind = edge.relation().kind();
    double dx = curve.endX() - curve.controlX();
    double dy = curve.endY() - curve.controlY();
    double length = Math.max(1e-6, Math.hypot(dx, dy));
    double baseX = curve.endX() - dx / length * ARROW;
    double baseY = curve.endY() - dy / length * ARROW;
    line("<path d=\"M%s %s Q%s %s %s %s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>", curve.startX(),
        curve.startY(), curve.controlX(), curve.controlY(), baseX, baseY, kind.colour(),
        kind.dashed() ? " stroke-dasharray=\"5 3\"" : "");
    line("<path d=\"M%s %s L%s %s L%s %s Z\" fill=\"%s\"/>", curve.endX(), curve.endY(),
        baseX - dy / length * ARROW_HALF, baseY + dx / length * ARROW_HALF, baseX + dy / length * ARROW_HALF,
        baseY - dx / length * ARROW_HALF, kind.colour());
  }

  private void label(RoutedEdge edge) {
    Box box = edge.label();
    line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\" fill=\"#ffffff\" fill-opacity=\"0.85\"/>",
        box.x(),
        box.y(), box.width(), box.height());
    line("<text x=\"%s\" y=\"%s\" font-size=\"13\" fill=\"%s\" text-anchor=\"middle\">%s</text>", box.centerX(),
        box.centerY() + 4.5, edge.relation().kind().colour(), edge.relation().kind().label());
  }

  /** Appends a line; numbers are written with at most one decimal, so that pictures are the same on every machine. */
  private void line(String format, Object... values) {
    for (int index = 0; index < values.length; index++) {
      if (values[index] instanceof Double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        values[index] = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
      }
    }
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
