package dev.regardless.litmus.syntax;

import java.util.List;

/**
 * One cell of a thread's column of code.
 *
 * @param labels   the labels in front of the instruction, in order
 * @param text     the instruction, comments removed; empty if the cell holds none
 * @param position where the instruction begins (the cell, if it is empty)
 */
public record CodeLine(List<String> labels, String text, Position position) {
  public CodeLine {
    labels = List.copyOf(labels);
  }
}
