package dev.regardless.litmus.graph;

/**
 * An edge with its place in the picture.
 *
 * @param relation what it shows
 * @param curve    from the border of one event to the border of the other
 * @param label    where its name stands
 */
record RoutedEdge(Relation relation, Curve curve, Box label) {}
