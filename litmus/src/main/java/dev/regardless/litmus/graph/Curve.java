package dev.regardless.litmus.graph;

/** A quadratic Bezier curve: start, control point, end; all in pixels. */
record Curve(double startX, double startY, double controlX, double controlY, double endX, double endY) {
  private static final double STEP = 1.0 / 128;

  /**
   * A curve that bends away from the straight line.
   *
   * @param bow  how far its middle lies to the left of the straight line, in pixels
   * @param lean where along the straight line it bends most: 0 for the middle, up to 0.5 for the end, -0.5 for the start
   */
  static Curve bowed(double startX, double startY, double endX, double endY, double bow, double lean) {
    double length = Math.max(1, Math.hypot(endX - startX, endY - startY));
    double normalX = (endY - startY) / length;
    double normalY = -(endX - startX) / length;
    double at = 0.5 + lean;
    return new Curve(startX, startY, startX + (endX - startX) * at + 2 * bow * normalX,
        startY + (endY - startY) * at + 2 * bow * normalY, endX, endY);
  }

  double x(double at) {
    return (1 - at) * (1 - at) * startX + 2 * at * (1 - at) * controlX + at * at * endX;
  }

  double y(double at) {
    return (1 - at) * (1 - at) * startY + 2 * at * (1 - at) * controlY + at * at * endY;
  }

  /** The part from parameter {@code from} to parameter {@code to}. */
  Curve part(double from, double to) {
    double middleX = (1 - from) * (1 - to) * startX + (from + to - 2 * from * to) * controlX + from * to * endX;
    double middleY = (1 - from) * (1 - to) * startY + (from + to - 2 * from * to) * controlY + from * to * endY;
    return new Curve(x(from), y(from), middleX, middleY, x(to), y(to));
  }

  /** The part outside two boxes that hold the ends. */
  Curve between(Box first, Box last) {
    double from = 0;
    double to = 1;
    for (double at = 0; at <= 0.5 && first.contains(x(at), y(at)); at += STEP) {
      from = at;
    }
    for (double at = 1; at >= 0.5 && last.contains(x(at), y(at)); at -= STEP) {
      to = at;
    }
    return part(from, to);
  }
}
