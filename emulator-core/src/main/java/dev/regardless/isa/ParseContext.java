package dev.regardless.isa;

import dev.regardless.input.BadInputException;
import java.util.OptionalLong;

/** What an instruction's text may refer to, and where it stands. */
public interface ParseContext {
  /**
   * The code address of a label of this thread ({@code L0}) or of another ({@code P1:L0}).
   *
   * @return empty if there is no such label
   */
  OptionalLong label(String name);

  /** The code address of the instruction after this one: what a branch-and-link stores. */
  long nextAddress();

  /**
   * The address of a memory location named in the test. A name that is seen here for the first time becomes a location.
   */
  long symbol(String name);

  /**
   * The register that stands for the symbolic register {@code %name} in this thread.
   *
   * @return empty if none is free
   */
  OptionalLong symbolicRegister(String name);

  /**
   * An error at a place within the instruction's text.
   *
   * @param offset   characters from the start of the text, from 0
   * @param found    what is wrong
   * @param expected what should be there, without the word "expected"
   */
  BadInputException error(int offset, String found, String expected);

  /** The file, line and column of a place within the text, as {@code file:line:column}. */
  String place(int offset);
}
