/**
 * Pictures of executions: one column for each thread, events below one another in program order, relations as labelled
 * curves.
 *
 * <p>{@link dev.regardless.litmus.graph.ExecutionDrawing} turns an example execution into SVG text without any library.
 * {@link dev.regardless.litmus.graph.EdgeRouter} bends each edge by trying bows and keeping the one with the lowest
 * penalty for running over events, labels and other edges.
 */
@NullMarked
package dev.regardless.litmus.graph;

import org.jspecify.annotations.NullMarked;
