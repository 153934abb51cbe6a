package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Turns the generated parser's failure into one line: where, what was found, what was expected. */
final class SyntaxErrors {
  private static final int LISTED = 8;
  private static final int QUOTED = 30;

  private SyntaxErrors() {}

  static BadInputException message(ParseException failure, LitmusParser parser) {
    Token token = failure.currentToken.next;
    if (token.kind == LitmusParserConstants.UNEXPECTED) {
      char character = token.image.charAt(0);
      return parser.position(token).error(
          character > ' ' && character < 0x7F ? "character '" + character + "'" : "unfinished text",
          "a litmus test: architecture, name, {initial state}, columns of code, condition");
    }
    if (token.kind == LitmusParserConstants.EOF && parser.insideComment()) {
      return parser.unfinishedComment(token);
    }
    return parser.position(token).error(found(token), expected(token, failure.expectedTokenSequences));
  }

  private static String found(Token token) {
    if (token.kind == LitmusParserConstants.EOF) {
      return "end of file";
    }
    String text = token.image.replaceAll("\\s+", " ");
    return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
  }

  /** Names the first tokens of what could come; longer sequences may begin with what was found. */
  private static String expected(Token found, int[][] sequences) {
    Set<String> names = new LinkedHashSet<>();
    for (int[] sequence : sequences) {
      if (sequence[0] != found.kind) {
        names.add(describe(sequence[0]));
      }
    }
    String list = String.join(", ", names.stream().limit(LISTED).toList());
    String listed = names.size() > LISTED ? list + ", ..." : list;
    return names.size() > 1 ? "one of " + listed : listed;
  }

  private static String describe(int kind) {
    return switch (kind) {
      case LitmusParserConstants.EOF -> "end of file";
      case LitmusParserConstants.ARCHITECTURE -> "an architecture";
      case LitmusParserConstants.TEST_NAME -> "the test's name";
      case LitmusParserConstants.ENTRY -> "a Key=value line";
      case LitmusParserConstants.DOCUMENTATION -> "a quoted description";
      case LitmusParserConstants.LBRACE -> "'{'";
      case LitmusParserConstants.RBRACE -> "'}'";
      case LitmusParserConstants.SEMICOLON -> "';'";
      case LitmusParserConstants.COLON -> "':'";
      case LitmusParserConstants.COMMA -> "','";
      case LitmusParserConstants.STAR -> "'*'";
      case LitmusParserConstants.AMPERSAND -> "'&'";
      case LitmusParserConstants.LBRACKET -> "'['";
      case LitmusParserConstants.RBRACKET -> "']'";
      case LitmusParserConstants.LPAREN -> "'('";
      case LitmusParserConstants.RPAREN -> "')'";
      case LitmusParserConstants.EQUAL -> "'='";
      case LitmusParserConstants.NUMBER -> "a number";
      case LitmusParserConstants.NAME -> "a name";
      case LitmusParserConstants.PROCESSOR -> "a thread such as P0";
      case LitmusParserConstants.WORD, LitmusParserConstants.SYMBOL, LitmusParserConstants.CODE_STRING ->
        "an instruction";
      case LitmusParserConstants.EXISTS -> "'exists'";
      case LitmusParserConstants.NOT_EXISTS -> "'~exists'";
      case LitmusParserConstants.FORALL -> "'forall'";
      case LitmusParserConstants.FINAL -> "'final'";
      case LitmusParserConstants.FILTER -> "'filter'";
      case LitmusParserConstants.LOCATIONS -> "'locations'";
      case LitmusParserConstants.NOT -> "'~'";
      case LitmusParserConstants.NOT_EQUAL -> "'<>'";
      case LitmusParserConstants.SYMBOLIC_REGISTER, LitmusParserConstants.DOLLAR_NAME -> "a register";
      case LitmusParserConstants.INSTRUCTION, LitmusParserConstants.NO_OPERATION -> "an instruction's encoding";
      case LitmusParserConstants.CODE_LABEL -> "a label";
      case LitmusParserConstants.QUOTED_VALUE -> "a value";
      default -> {
        String image = LitmusParserConstants.tokenImage[kind];
        yield image.startsWith("\"") ? "'" + image.substring(1, image.length() - 1).replace("\\\\", "\\") + "'" : image;
      }
    };
  }
}
