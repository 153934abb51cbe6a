package dev.regardless.litmus.graph;

/**
 * An edge to draw.
 *
 * @param from position of an event
 * @param to   position of another
 */
record Relation(RelationKind kind, int from, int to) {}
