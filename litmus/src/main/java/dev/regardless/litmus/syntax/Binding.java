package dev.regardless.litmus.syntax;

/**
 * One item of the initial state: a place, its type, and what it holds at the start.
 *
 * @param place    a register or a variable
 * @param type     as declared
 * @param value    zero (or zeros) if none was written
 * @param position where the item begins
 */
public record Binding(Place place, DeclaredType type, Constant value, Position position) {}
