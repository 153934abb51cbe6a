package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the first syntax error into one line: where, what was found, what was expected. */
final class SyntaxErrors extends BaseErrorListener {
  private static final int LISTED = 8;
  private static final int QUOTED = 30;

  private final String file;

  SyntaxErrors(String file) {
    this.file = file;
  }

  @Override
  public void syntaxError(Recognizer<?, ?> recognizer, @Nullable Object offending, int line, int column, String message,
      @Nullable RecognitionException failure) {
    if (recognizer instanceof Parser parser && offending instanceof Token token) {
      throw at(token, found(token), expected(parser, failure));
    }
    String character = failure instanceof LexerNoViableAltException lexing ? character(lexing) : "";
    throw BadInputException.at(file, line, column + 1,
        character.isEmpty() ? "unfinished text" : "character '" + character + "'",
        "a litmus test: architecture, name, {initial state}, columns of code, condition");
  }

  /** The character that fits no token; empty where a token breaks off or the character cannot be shown. */
  private static String character(LexerNoViableAltException failure) {
    int code = failure.getInputStream().LA(1);
    return code > ' ' && code < 0x7F ? Character.toString(code) : "";
  }

  BadInputException at(Token token, String found, String expected) {
    return BadInputException.at(file, token.getLine(), token.getCharPositionInLine() + 1, found, expected);
  }

  private static String found(Token token) {
    if (token.getType() == Token.EOF) {
      return "end of file";
    }
    String text = token.getText().replaceAll("\\s+", " ");
    return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
  }

  private static String expected(Parser parser, @Nullable RecognitionException failure) {
    IntervalSet types = failure == null ? null : failure.getExpectedTokens();
    Set<String> names = new LinkedHashSet<>();
    for (int type : (types == null ? parser.getExpectedTokens() : types).toList()) {
      names.add(describe(type));
    }
    String list = String.join(", ", names.stream().limit(LISTED).toList());
    String listed = names.size() > LISTED ? list + ", ..." : list;
    return names.size() > 1 ? "one of " + listed : listed;
  }

  private static String describe(int type) {
    return switch (type) {
      case Token.EOF -> "end of file";
      case LitmusLexer.ARCHITECTURE -> "an architecture";
      case LitmusLexer.TEST_NAME -> "the test's name";
      case LitmusLexer.ENTRY -> "a Key=value line";
      case LitmusLexer.DOCUMENTATION -> "a quoted description";
      case LitmusLexer.LBRACE -> "'{'";
      case LitmusLexer.RBRACE -> "'}'";
      case LitmusLexer.SEMICOLON -> "';'";
      case LitmusLexer.COLON -> "':'";
      case LitmusLexer.COMMA -> "','";
      case LitmusLexer.STAR -> "'*'";
      case LitmusLexer.AMPERSAND -> "'&'";
      case LitmusLexer.LBRACKET -> "'['";
      case LitmusLexer.RBRACKET -> "']'";
      case LitmusLexer.LPAREN -> "'('";
      case LitmusLexer.RPAREN -> "')'";
      case LitmusLexer.EQUAL -> "'='";
      case LitmusLexer.NUMBER -> "a number";
      case LitmusLexer.NAME -> "a name";
      case LitmusLexer.PROCESSOR -> "a thread such as P0";
      case LitmusLexer.WORD, LitmusLexer.SYMBOL, LitmusLexer.CODE_STRING -> "an instruction";
      case LitmusLexer.EXISTS -> "'exists'";
      case LitmusLexer.NOT_EXISTS -> "'~exists'";
      case LitmusLexer.FORALL -> "'forall'";
      case LitmusLexer.FINAL -> "'final'";
      case LitmusLexer.FILTER -> "'filter'";
      case LitmusLexer.LOCATIONS -> "'locations'";
      case LitmusLexer.NOT -> "'~'";
      case LitmusLexer.NOT_EQUAL -> "'<>'";
      case LitmusLexer.SYMBOLIC_REGISTER, LitmusLexer.DOLLAR_NAME -> "a register";
      case LitmusLexer.INSTRUCTION, LitmusLexer.NO_OPERATION -> "an instruction's encoding";
      case LitmusLexer.CODE_LABEL -> "a label";
      case LitmusLexer.QUOTED_VALUE -> "a value";
      default -> {
        String literal = LitmusLexer.VOCABULARY.getLiteralName(type);
        yield literal == null ? LitmusLexer.VOCABULARY.getSymbolicName(type) : literal;
      }
    };
  }
}
