package dev.regardless.litmus.syntax;

import dev.regardless.litmus.syntax.LitmusParser.AddressContext;
import dev.regardless.litmus.syntax.LitmusParser.BindingContext;
import dev.regardless.litmus.syntax.LitmusParser.InitialStateContext;
import dev.regardless.litmus.syntax.LitmusParser.InitialValueContext;
import dev.regardless.litmus.syntax.LitmusParser.InstructionContext;
import dev.regardless.litmus.syntax.LitmusParser.LabelContext;
import dev.regardless.litmus.syntax.LitmusParser.NumberContext;
import dev.regardless.litmus.syntax.LitmusParser.PlaceContext;
import dev.regardless.litmus.syntax.LitmusParser.RegisterContext;
import dev.regardless.litmus.syntax.LitmusParser.SizeContext;
import dev.regardless.litmus.syntax.LitmusParser.ThreadContext;
import dev.regardless.litmus.syntax.LitmusParser.ValueContext;
import dev.regardless.litmus.syntax.LitmusParser.VectorContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Turns the parse tree of an initial state into {@link Binding}s; also reads places and values of conditions. */
final class StateBuilder {
  private static final int MAXIMAL_LENGTH = 1 << 16;
  private static final int MAXIMAL_THREADS = 1 << 10;

  private final String file;

  StateBuilder(String file) {
    this.file = file;
  }

  List<Binding> bindings(InitialStateContext state) {
    List<Binding> bindings = new ArrayList<>();
    Map<Place, Binding> seen = new HashMap<>();
    for (BindingContext context : state.binding()) {
      Binding binding = binding(context);
      Binding earlier = seen.putIfAbsent(binding.place(), binding);
      if (earlier != null) {
        throw binding.position().error(binding.place() + " again, after line " + earlier.position().line(),
            "one initial value for each place");
      }
      bindings.add(binding);
    }
    return bindings;
  }

  private Binding binding(BindingContext context) {
    Position position = position(context);
    Place place = place(context.place());
    int length = context.size() == null ? DeclaredType.NO_ARRAY : index(context.size());
    if (length != DeclaredType.NO_ARRAY) {
      checkArray(context, place, length, position);
    }
    DeclaredType type = new DeclaredType(context.type() == null ? "" : context.type().getText(), context.STAR() != null,
        length, context.ATOMIC() != null);
    return new Binding(place, type, value(context.initialValue(), place, length), position);
  }

  private static void checkArray(BindingContext context, Place place, int length, Position position) {
    if (!(place instanceof Place.Variable) || context.STAR() != null) {
      throw position.error("array '" + place + "'", "an array of numbers in memory");
    }
    if (context.type() == null) {
      throw position.error("array without type", "a declaration such as 'int " + place + "[" + length + "]'");
    }
    if (length < 1) {
      throw position.error("array of length " + length, "at least 1 element");
    }
  }

  private Constant value(@Nullable InitialValueContext context, Place place, int length) {
    boolean array = length != DeclaredType.NO_ARRAY;
    if (context == null) {
      return array ? new Constant.Vector(Collections.nCopies(length, Constant.ZERO)) : Constant.ZERO;
    }
    Constant value = context.vector() == null ? value(context.value(), true) : vector(context.vector());
    if (value instanceof Constant.Vector vector) {
      if (!array) {
        throw position(context).error("several values for '" + place + "'", "one value, or a declared array");
      }
      if (vector.elements().size() != length) {
        throw position(context).error(vector.elements().size() + " values", length + ", the array's length");
      }
    } else if (array) {
      throw position(context).error("one value for the array '" + place + "'", "values in braces");
    }
    return value;
  }

  Constant.Vector vector(VectorContext context) {
    return new Constant.Vector(context.value().stream().map(element -> value(element, true)).toList());
  }

  /**
   * Reads a value.
   *
   * @param labels whether {@code 1:name} is a label of thread 1, as in initial states, and not a register
   */
  Constant value(ValueContext context, boolean labels) {
    return switch (context) {
      case NumberContext number -> new Constant.Numeral(number(number), number.getText().replace("`", ""));
      case AddressContext address -> new Constant.Address(address.NAME().getText(),
          address.size() == null ? 0 : index(address.size()));
      case LabelContext label -> label(label, labels);
      case InstructionContext instruction -> new Constant.Encoding(encoding(instruction));
      default -> throw position(context).error("'" + context.getText() + "'", "a value");
    };
  }

  private Constant label(LabelContext context, boolean labels) {
    if (context.thread() != null) {
      if (!labels && context.thread().PROCESSOR() == null) {
        throw new IllegalStateException("a register is not a value: " + context.getText());
      }
      return new Constant.CodeAddress(thread(context.thread()), context.NAME().getText());
    }
    String quoted = unquote(context.getText());
    String[] parts = quoted.split(":", 2);
    if (parts.length != 2 || !parts[0].strip().matches("P?[0-9]{1,4}")) {
      throw position(context).error("label '" + quoted + "'", "a thread and a name such as P0:L1");
    }
    return new Constant.CodeAddress(Integer.parseInt(parts[0].strip().replace("P", "")), parts[1].strip());
  }

  private static String encoding(InstructionContext context) {
    return context.INSTRUCTION() == null ? "NOP" : unquote(context.getText());
  }

  private static String unquote(String text) {
    return text.substring(text.indexOf('"') + 1, text.length() - 1);
  }

  Place place(PlaceContext context) {
    return context.register() == null
        ? new Place.Variable(context.NAME().getText())
        : register(context.register());
  }

  Place.Register register(RegisterContext context) {
    if (context.thread() == null) {
      return new Place.Register(Place.Register.EVERY_THREAD, context.getText());
    }
    return new Place.Register(thread(context.thread()), context.registerName().getText());
  }

  int thread(ThreadContext context) {
    String text = context.getText();
    BigInteger number = integer(text.startsWith("P") ? text.substring(1) : text, context);
    if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(MAXIMAL_THREADS)) >= 0) {
      throw position(context).error("thread '" + text + "'", "a thread's number");
    }
    return number.intValueExact();
  }

  int index(SizeContext context) {
    BigInteger number = integer(context.NUMBER().getText(), context);
    if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(MAXIMAL_LENGTH)) > 0) {
      throw position(context).error("'" + context.getText() + "'", "an index or length from 0 to " + MAXIMAL_LENGTH);
    }
    return number.intValueExact();
  }

  private long number(NumberContext context) {
    String text = context.getText();
    BigInteger number = integer(text.startsWith("`") ? text.substring(1, text.length() - 1).strip() : text, context);
    if (number.bitLength() > (number.signum() < 0 ? 63 : 64)) {
      throw position(context).error("number " + text, "at most 64 bits");
    }
    return number.longValue();
  }

  private BigInteger integer(String text, ParserRuleContext context) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean hexadecimal = lower.startsWith("0x");
    try {
      if (lower.length() > 40) {
        throw new NumberFormatException("too long");
      }
      return hexadecimal ? new BigInteger(lower.substring(2), 16) : new BigInteger(lower);
    } catch (NumberFormatException notANumber) {
      throw position(context).error("'" + text + "'", "a decimal or hexadecimal number of at most 64 bits")
          .causedBy(notANumber);
    }
  }

  Position position(ParserRuleContext context) {
    return new Position(file, context.getStart().getLine(), context.getStart().getCharPositionInLine() + 1);
  }
}
