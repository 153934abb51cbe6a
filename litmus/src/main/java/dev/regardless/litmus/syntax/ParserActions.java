package dev.regardless.litmus.syntax;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.Quantifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the generated parser does with the parts it recognises: it fills in one {@link ParsedTest} as it reads. */
abstract class ParserActions {
  /** Nested parentheses, negations and implications beyond this are refused: the parser recurses on them. */
  private static final int MAXIMAL_NESTING = 200;
  private static final int MAXIMAL_LENGTH = 1 << 16;
  private static final int MAXIMAL_THREADS = 1 << 10;
  private static final int MAXIMAL_DIGITS = 40;
  /** Numbers of at most so many decimal digits fit into 63 bits. */
  private static final int SMALL_DIGITS = 18;
  /** Tests with columns of instructions: our generic dialect, and architectures of herd; others have their own grammar. */
  private static final Set<String> IN_COLUMNS = Set.of("AArch64", "ARM", "Generic", "MIPS", "PPC", "RISCV", "X86",
      "X86_64");

  final List<Place> locations = new ArrayList<>();
  Formula filter = Formula.TRUE;
  Formula condition = Formula.TRUE;
  Quantifier quantifier = Quantifier.FORALL;

  private String file = "";
  private String architecture = "";
  private String name = "";
  private @Nullable String documentation;
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  /** By the text of the place: hash codes that the JDK makes for records cost a start more than all of the rest here. */
  private final Map<String, Binding> bound = new HashMap<>();
  private final List<List<CodeLine>> columns = new ArrayList<>();
  private final StringBuilder instruction = new StringBuilder();
  private @Nullable Token lastOfInstruction;
  private int column;
  private int nesting;

  /** The token that comes after {@code count - 1} others. */
  abstract Token ahead(int count);

  /** Whether the scanner has read the beginning of a comment and not its end. */
  abstract boolean insideComment();

  void begin(String fileName) {
    file = fileName;
  }

  /** What was read. */
  ParsedTest parsed() {
    return new ParsedTest(file, architecture, name, documentation == null ? "" : documentation, metadata, bindings,
        columns, locations, filter, quantifier, condition);
  }

  void end() {
    if (insideComment()) {
      throw unfinishedComment(ahead(0));
    }
  }

  // ---- title and metadata ----

  void architecture(Token word) {
    architecture = word.image;
    if (!IN_COLUMNS.contains(architecture)) {
      throw new UnsupportedTestException(file + ": not supported: " + (architecture.equals("C")
          ? "C tests need the Linux kernel's memory model"
          : "architecture '" + architecture + "'"));
    }
  }

  void name(Token word) {
    int length = word.image.length();
    name = word.image.regionMatches(true, length - 7, ".litmus", 0, 7)
        ? word.image.substring(0, length - 7)
        : word.image;
  }

  void documentation(Token text) {
    if (documentation == null || documentation.isEmpty()) {
      documentation = text.image.substring(1, text.image.length() - 1);
    }
  }

  void metadata(Token entry) {
    int equal = entry.image.indexOf('=');
    metadata.putIfAbsent(entry.image.substring(0, equal).strip(), entry.image.substring(equal + 1).strip());
  }

  // ---- initial state ----

  void bind(Token first, boolean atomic, @Nullable Token type, boolean pointer, Place place, int length,
      @Nullable Constant value, @Nullable Token valueStart) {
    Position position = position(first);
    if (length != DeclaredType.NO_ARRAY) {
      if (!(place instanceof Place.Variable) || pointer) {
        throw position.error("array '" + place + "'", "an array of numbers in memory");
      }
      if (type == null) {
        throw position.error("array without type", "a declaration such as 'int " + place + "[" + length + "]'");
      }
      if (length < 1) {
        throw position.error("array of length " + length, "at least 1 element");
      }
    }
    DeclaredType declared = new DeclaredType(type == null ? "" : type.image, pointer, length, atomic);
    Binding binding = new Binding(place, declared,
        value == null || valueStart == null ? zero(length) : checked(value, position(valueStart), place, length),
        position);
    Binding earlier = bound.putIfAbsent(place.toString(), binding);
    if (earlier != null) {
      throw position.error(place + " again, after line " + earlier.position().line(),
          "one initial value for each place");
    }
    bindings.add(binding);
  }

  private static Constant zero(int length) {
    return length == DeclaredType.NO_ARRAY
        ? Constant.ZERO
        : new Constant.Vector(Collections.nCopies(length, Constant.ZERO));
  }

  private static Constant checked(Constant value, Position position, Place place, int length) {
    boolean array = length != DeclaredType.NO_ARRAY;
    if (value instanceof Constant.Vector vector) {
      if (!array) {
        throw position.error("several values for '" + place + "'", "one value, or a declared array");
      }
      if (vector.elements().size() != length) {
        throw position.error(vector.elements().size() + " values", length + ", the array's length");
      }
    } else if (array) {
      throw position.error("one value for the array '" + place + "'", "values in braces");
    }
    return value;
  }

  // ---- places and values, also of conditions ----

  Place.Register register(Token thread, Token registerName) {
    return new Place.Register(thread(thread.image, thread), registerName.image);
  }

  private int thread(String text, Token token) {
    return small(text.startsWith("P") ? text.substring(1) : text, MAXIMAL_THREADS - 1,
        "thread '" + text + "'", "a thread's number", token);
  }

  int index(Token number) {
    return small(number.image, MAXIMAL_LENGTH, "'[" + number.image + "]'",
        "an index or length from 0 to " + MAXIMAL_LENGTH, number);
  }

  private int small(String text, int maximum, String found, String expected, Token token) {
    long value = -1;
    if (text.length() <= SMALL_DIGITS && !text.startsWith("0x") && !text.startsWith("0X")) {
      value = Long.parseLong(text);
    } else {
      BigInteger number = integer(text, token);
      value = number.bitLength() > 32 ? -1 : number.longValue();
    }
    if (value < 0 || value > maximum) {
      throw position(token).error(found, expected);
    }
    return (int) value;
  }

  Constant numeral(Token token) {
    String text = token.image;
    if (text.charAt(0) == '`') {
      text = text.substring(1, text.length() - 1);
    }
    String digits = text.strip();
    if (digits.length() <= SMALL_DIGITS && isDecimal(digits)) {
      return new Constant.Numeral(Long.parseLong(digits), text);
    }
    BigInteger number = integer(digits, token);
    if (number.bitLength() > (number.signum() < 0 ? 63 : 64)) {
      throw position(token).error("number " + text, "at most 64 bits");
    }
    return new Constant.Numeral(number.longValue(), text);
  }

  private static boolean isDecimal(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start;
  }

  private BigInteger integer(String text, Token token) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      if (lower.length() > MAXIMAL_DIGITS) {
        throw new NumberFormatException("too long");
      }
      return lower.startsWith("0x") ? new BigInteger(lower.substring(2), 16) : new BigInteger(lower);
    } catch (NumberFormatException notANumber) {
      throw position(token).error("'" + token.image + "'", "a decimal or hexadecimal number of at most 64 bits")
          .causedBy(notANumber);
    }
  }

  Constant codeAddress(Token thread, Token label) {
    return new Constant.CodeAddress(thread(thread.image, thread), label.image);
  }

  Constant label(Token token) {
    String quoted = unquote(token.image);
    int colon = quoted.indexOf(':');
    String thread = colon < 0 ? "" : quoted.substring(0, colon).strip();
    String number = thread.startsWith("P") ? thread.substring(1) : thread;
    if (number.length() > 4 || !isDecimal(number) || number.startsWith("-")) {
      throw position(token).error("label '" + quoted + "'", "a thread and a name such as P0:L1");
    }
    return new Constant.CodeAddress(Integer.parseInt(number), quoted.substring(colon + 1).strip());
  }

  Constant encoding(Token token) {
    return new Constant.Encoding(token.kind == LitmusParserConstants.INSTRUCTION ? unquote(token.image) : "NOP");
  }

  private static String unquote(String text) {
    return text.substring(text.indexOf('"') + 1, text.length() - 1);
  }

  // ---- code ----

  void thread(Token thread) {
    if (!thread.image.equals("P" + columns.size())) {
      throw position(thread).error("thread " + thread.image, "P" + columns.size());
    }
    columns.add(new ArrayList<>());
  }

  void faultHandler(Token word) {
    throw position(word).error("fault handler", "';' or '|'");
  }

  static List<String> with(List<String> labels, String label) {
    List<String> longer = new ArrayList<>(labels);
    longer.add(label);
    return longer;
  }

  /** Appends a token to the instruction, after one space if there was a space or a comment in front of it. */
  void code(Token token) {
    Token last = lastOfInstruction;
    if (last != null && (token.beginLine != last.endLine || token.beginColumn != last.endColumn + 1)) {
      instruction.append(' ');
    }
    instruction.append(token.image);
    lastOfInstruction = token;
  }

  void cell(List<String> labels, Token start) {
    if (column < columns.size()) {
      columns.get(column).add(new CodeLine(labels, instruction.toString(), position(start)));
    }
    column++;
    instruction.setLength(0);
    lastOfInstruction = null;
  }

  void endRow() {
    if (column != columns.size()) {
      throw position(ahead(0)).error(column + (column == 1 ? " column" : " columns"),
          columns.size() + ", as many as there are threads");
    }
    column = 0;
  }

  // ---- condition ----

  Place element(Token start, Place place, int index) {
    if (place instanceof Place.Variable variable) {
      return new Place.Element(variable.name(), index);
    }
    throw position(start).error("index on register " + place, "an array");
  }

  void enter(Token token) {
    nesting++;
    if (nesting > MAXIMAL_NESTING) {
      throw position(token).error("condition nested too deeply",
          "at most " + MAXIMAL_NESTING + " parentheses, negations and implications inside one another");
    }
  }

  void leave() {
    nesting--;
  }

  Formula comparison(Token start, Place left, @Nullable Place right, @Nullable Constant value) {
    if (right != null) {
      return new Formula.Same(left, right, position(start));
    }
    return new Formula.Holds(left, Objects.requireNonNull(value), position(start));
  }

  void withoutThread(Token register) {
    throw position(register).error("register " + register.image + " without a thread",
        "a thread in front, such as 0:" + register.image);
  }

  void faults(Token start) {
    StringBuilder text = new StringBuilder();
    for (Token token = start; token != ahead(1); token = token.next) {
      text.append(token.image);
    }
    throw position(start).error("'" + text + "'", "registers and variables only: faults are not modelled");
  }

  BadInputException unfinishedComment(Token last) {
    return position(last).error("comment without end", "'*)'");
  }

  Position position(Token token) {
    return new Position(file, token.beginLine, token.beginColumn);
  }
}
