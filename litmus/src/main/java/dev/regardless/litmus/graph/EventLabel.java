package dev.regardless.litmus.graph;

/**
 * What stands in an event's box.
 *
 * @param thread      its column, -1 for an initial write
 * @param action      the event
 * @param instruction the instruction it belongs to, smaller below; may be empty
 */
record EventLabel(int thread, String action, String instruction) {}
