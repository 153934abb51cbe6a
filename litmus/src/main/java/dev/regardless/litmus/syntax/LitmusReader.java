package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads herd's {@code .litmus} format (the grammar {@code Litmus.jj}).
 *
 * <p>The format is that of herdtools7 7.58. Left out are tags, page tables, pointer authentication and capabilities in
 * initial states and conditions: they are syntax errors here. Files are read as Latin-1, because old tests contain
 * bytes that are not UTF-8, in comments only.
 */
public final class LitmusReader {
  private static final int MAXIMAL_CHARACTERS = 4_000_000;

  private LitmusReader() {}

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read or is not a litmus test; the message names line and column
   */
  public static ParsedTest read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw BadInputException.in(file.toString(), "no such file", "a litmus file").causedBy(missing);
    } catch (IOException unreadable) {
      throw BadInputException.in(file.toString(), "cannot be read", "a readable litmus file").causedBy(unreadable);
    }
    return parse(file.toString(), text);
  }

  /**
   * Reads a test from memory.
   *
   * @param file the name for messages
   * @param text the whole test
   * @throws BadInputException if it is not a litmus test
   * @throws UnsupportedTestException if it is one in a language that is not read
   */
  public static ParsedTest parse(String file, String text) {
    if (text.length() > MAXIMAL_CHARACTERS) {
      throw BadInputException.in(file, text.length() + " characters", "at most " + MAXIMAL_CHARACTERS);
    }
    LitmusParser parser = new LitmusParser(new SourceText(text));
    parser.begin(file);
    try {
      parser.test();
    } catch (ParseException failure) {
      throw SyntaxErrors.message(failure, parser);
    }
    return parser.parsed();
  }
}
