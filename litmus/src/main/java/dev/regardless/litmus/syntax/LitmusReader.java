package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Reads herd's {@code .litmus} format (the grammars {@code LitmusLexer.g4} and {@code LitmusParser.g4}).
 *
 * <p>The format is that of herdtools7 7.58. Left out are tags, page tables, pointer authentication and capabilities in
 * initial states and conditions: they are syntax errors here. Files are read as Latin-1, because old tests contain
 * bytes that are not UTF-8, in comments only.
 */
public final class LitmusReader {
  /** Nested parentheses, negations and implications beyond this are refused: the parser recurses on them. */
  static final int MAXIMAL_NESTING = 200;
  private static final int MAXIMAL_CHARACTERS = 4_000_000;
  /** Tests with columns of instructions: our generic dialect, and architectures of herd; others have their own grammar. */
  private static final Set<String> IN_COLUMNS = Set.of("AArch64", "ARM", "Generic", "MIPS", "PPC", "RISCV", "X86",
      "X86_64");

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
    SyntaxErrors errors = new SyntaxErrors(file);
    LitmusLexer lexer = new LitmusLexer(CharStreams.fromString(text, file));
    lexer.removeErrorListeners();
    lexer.addErrorListener(errors);
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    refuseOtherLanguages(tokens.LT(1), file);
    tokens.fill();
    if (lexer._mode == LitmusLexer.COMMENT) {
      throw errors.at(tokens.get(tokens.size() - 1), "comment without end", "'*)'");
    }
    limitNesting(tokens, errors);
    LitmusParser parser = new LitmusParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(errors);
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return new TestBuilder(file, text, tokens).build(parser.test());
  }

  private static void refuseOtherLanguages(Token first, String file) {
    if (first.getType() == LitmusLexer.ARCHITECTURE && !IN_COLUMNS.contains(first.getText())) {
      throw new UnsupportedTestException(file + ": not supported: " + (first.getText().equals("C")
          ? "C tests need the Linux kernel's memory model"
          : "architecture '" + first.getText() + "'"));
    }
  }

  /** Counts as the parser recurses: into parentheses, and into each negation and implication of one conjunct. */
  private static void limitNesting(CommonTokenStream tokens, SyntaxErrors errors) {
    Deque<Integer> outer = new ArrayDeque<>();
    int outerDepth = 0;
    int depth = 0;
    for (Token token : tokens.getTokens()) {
      switch (token.getType()) {
        case LitmusLexer.LPAREN -> {
          outer.push(depth);
          outerDepth += depth + 1;
          depth = 0;
        }
        case LitmusLexer.RPAREN -> {
          depth = outer.isEmpty() ? 0 : outer.pop();
          outerDepth = Math.max(0, outerDepth - depth - 1);
        }
        case LitmusLexer.NOT, LitmusLexer.IMPLIES -> depth++;
        case LitmusLexer.AND, LitmusLexer.OR -> depth = 0;
        default -> {
        }
      }
      if (outerDepth + depth > MAXIMAL_NESTING) {
        throw errors.at(token, "condition nested too deeply",
            "at most " + MAXIMAL_NESTING + " parentheses, negations and implications inside one another");
      }
    }
  }
}
