package dev.regardless.litmus.graph;

import java.util.ArrayList;
import java.util.List;

/** Chooses how far each edge bends, and where along it the label stands, so that nothing lies on anything else. */
final class EdgeRouter {
  private static final int SAMPLES = 28;
  private static final double[] BOWS = {0, 0.06, -0.06, 0.12, -0.12, 0.19, -0.19, 0.27, -0.27, 0.36, -0.36, 0.46, -0.46,
      0.6, -0.6};
  private static final double[] LEANS = {0, 0.3, -0.3, 0.6, -0.6};
  private static final double[] NO_LEAN = {0};
  private static final double[] NO_PLACE = {};
  private static final double[] LABEL_PLACES = {0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78};
  private static final double CHARACTER = 8;
  private static final double LABEL_HEIGHT = 15;
  private static final double OVER_EVENT = 40;
  private static final double LABEL_ON_EVENT = 60;
  private static final double LABEL_ON_LABEL = 60;
  private static final double LABEL_ON_EDGE = 9;
  private static final double CROSSING = 6;
  private static final double ALONG = 5;
  private static final double NEAR = 6;
  private static final double BENDING = 36;
  private static final double LEANING = 24;
  private static final double OFF_CENTER = 8;
  private static final double OUTSIDE = 25;
  private static final double CAPTION = 16;

  private final List<Box> events;
  private final double width;
  private final double height;
  private final List<RoutedEdge> routed = new ArrayList<>();

  /**
   * A router.
   *
   * @param events where the events stand
   * @param width  of the picture, in pixels
   * @param height of the picture, in pixels
   */
  EdgeRouter(List<Box> events, double width, double height) {
    this.events = events;
    this.width = width;
    this.height = height;
  }

  /** Routes edges one after another, each around those before it. */
  List<RoutedEdge> route(List<Relation> relations) {
    for (Relation relation : relations) {
      routed.add(best(relation));
    }
    return List.copyOf(routed);
  }

  private RoutedEdge best(Relation relation) {
    Box from = events.get(relation.from());
    Box to = events.get(relation.to());
    double length = Math.hypot(to.centerX() - from.centerX(), to.centerY() - from.centerY());
    RoutedEdge best = null;
    double least = Double.MAX_VALUE;
    for (double bow : BOWS) {
      for (double lean : bow == 0 ? NO_LEAN : LEANS) {
        Curve curve = Curve
            .bowed(from.centerX(), from.centerY(), to.centerX(), to.centerY(), bow * Math.max(length, 90), lean)
            .between(from.grown(2), to.grown(3));
        double bent = Math.abs(bow) * BENDING + Math.abs(lean) * LEANING + curvePenalty(relation, curve);
        for (double at : bent < least ? LABEL_PLACES : NO_PLACE) {
          Box label = Box.around(curve.x(at), curve.y(at), relation.kind().label().length() * CHARACTER, LABEL_HEIGHT);
          double penalty = bent + Math.abs(at - 0.5) * OFF_CENTER + labelPenalty(label);
          if (penalty < least) {
            least = penalty;
            best = new RoutedEdge(relation, curve, label);
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("there is always a first candidate");
    }
    return best;
  }

  private double curvePenalty(Relation relation, Curve curve) {
    double penalty = 0;
    for (int event = 0; event < events.size(); event++) {
      boolean end = event == relation.from() || event == relation.to();
      penalty += end ? 0 : inside(curve, events.get(event).grown(NEAR)) * OVER_EVENT;
    }
    for (RoutedEdge other : routed) {
      penalty += near(curve, other.curve());
      penalty += inside(curve, other.label()) * LABEL_ON_EDGE;
    }
    for (int sample = 0; sample <= SAMPLES; sample++) {
      double x = curve.x((double) sample / SAMPLES);
      double y = curve.y((double) sample / SAMPLES);
      penalty += x < NEAR || x > width - NEAR || y < NEAR || y > height - CAPTION ? OUTSIDE : 0;
    }
    return penalty;
  }

  private static double inside(Curve curve, Box box) {
    int hits = 0;
    for (int sample = 0; sample <= SAMPLES; sample++) {
      double at = (double) sample / SAMPLES;
      hits += box.contains(curve.x(at), curve.y(at)) ? 1 : 0;
    }
    return Math.min(hits, 6) / 2.0;
  }

  /** Crossing once costs little; running along another edge costs for each sample that is close to it. */
  private static double near(Curve curve, Curve other) {
    int close = 0;
    for (int sample = 2; sample <= SAMPLES - 2; sample++) {
      double at = (double) sample / SAMPLES;
      close += distance(other, curve.x(at), curve.y(at)) < NEAR ? 1 : 0;
    }
    return close == 0 ? 0 : CROSSING + Math.max(0, close - 2) * ALONG;
  }

  private static double distance(Curve curve, double x, double y) {
    double least = Double.MAX_VALUE;
    for (int sample = 0; sample <= SAMPLES; sample++) {
      double at = (double) sample / SAMPLES;
      least = Math.min(least, Math.hypot(curve.x(at) - x, curve.y(at) - y));
    }
    return least;
  }

  private double labelPenalty(Box label) {
    double penalty = label.x() < 0 || label.x() + label.width() > width ? LABEL_ON_EVENT : 0;
    for (Box event : events) {
      penalty += label.overlaps(event.grown(2)) ? LABEL_ON_EVENT : 0;
    }
    for (RoutedEdge other : routed) {
      penalty += label.overlaps(other.label().grown(2)) ? LABEL_ON_LABEL : 0;
      penalty += inside(other.curve(), label.grown(1)) * LABEL_ON_EDGE;
    }
    return penalty;
  }
}
