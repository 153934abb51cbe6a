package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;

/**
 * A place in a litmus file.
 *
 * @param file   the file's name as the user wrote it
 * @param line   from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  /**
   * The error that names this place.
   *
   * @param found    what is wrong
   * @param expected what should be there instead, without the word "expected"
   */
  public BadInputException error(String found, String expected) {
    return BadInputException.at(file, line, column, found, expected);
  }

  /** The place {@code characters} further on the same line. */
  public Position plus(int characters) {
    return new Position(file, line, column + characters);
  }
}
