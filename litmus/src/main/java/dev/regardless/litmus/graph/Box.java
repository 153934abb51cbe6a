package dev.regardless.litmus.graph;

/**
 * An upright rectangle.
 *
 * @param x      left edge in pixels
 * @param y      upper edge in pixels
 * @param width  in pixels
 * @param height in pixels
 */
record Box(double x, double y, double width, double height) {
  static Box around(double centerX, double centerY, double width, double height) {
    return new Box(centerX - width / 2, centerY - height / 2, width, height);
  }

  double centerX() {
    return x + width / 2;
  }

  double centerY() {
    return y + height / 2;
  }

  Box grown(double by) {
    return new Box(x - by, y - by, width + 2 * by, height + 2 * by);
  }

  boolean contains(double pointX, double pointY) {
    return pointX >= x && pointX <= x + width && pointY >= y && pointY <= y + height;
  }

  boolean overlaps(Box other) {
    return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
  }
}
