package dev.regardless.litmus.generic;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.isa.generic.GenericOperation;
import dev.regardless.isa.generic.Ordering;
import dev.regardless.litmus.syntax.CodeLine;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Reads one operation of the generic dialect. */
final class GenericReader {
  private static final int LARGEST_VALUE = 65_535;
  private static final int LARGEST_OPERAND = 4_095;

  private final CodeLine line;
  private final List<String> words;
  private int next;

  private GenericReader(CodeLine line) {
    this.line = line;
    this.words = Arrays.asList(line.text().strip().replace("=", " = ").split("\\s+"));
  }

  /**
   * Reads a cell.
   *
   * @throws BadInputException if it is not an operation; the message names line and column
   */
  static GenericOperation read(CodeLine line) {
    if (!line.labels().isEmpty()) {
      throw line.position().error("label '" + line.labels().getFirst() + "'", "an operation");
    }
    GenericReader reader = new GenericReader(line);
    GenericOperation operation = reader.operation();
    if (reader.next < reader.words.size()) {
      throw reader.error("the end of the operation");
    }
    return operation;
  }

  private GenericOperation operation() {
    if (words.size() > 1 && words.get(1).equals("=")) {
      int result = register();
      next++;
      return withResult(result);
    }
    String word = word("store, fence, branch or 'rN ='");
    String name = name(word);
    return switch (name) {
      case "store" -> store(ordering(word, ordering -> ordering == Ordering.PLAIN || ordering == Ordering.RELEASE));
      case "fence" -> new GenericOperation.Fence(fence(word));
      case "branch" -> new GenericOperation.Branch(register());
      default -> {
        next--;
        throw error("store, fence, branch or 'rN ='");
      }
    };
  }

  private GenericOperation withResult(int result) {
    String word = word("load, add, swap or cas");
    switch (name(word)) {
      case "load" -> {
        Ordering ordering = ordering(word, each -> !each.releases());
        return new GenericOperation.Load(result, location(), ordering, dependency("addr"));
      }
      case "add", "swap" -> {
        GenericOperation.Update update = name(word).equals("add")
            ? GenericOperation.Update.ADD
            : GenericOperation.Update.SWAP;
        Ordering ordering = ordering(word, each -> each != Ordering.ACQUIRE_PC);
        return new GenericOperation.ReadModifyWrite(update, result, location(), number(LARGEST_OPERAND), ordering);
      }
      case "cas" -> {
        Ordering ordering = ordering(word, each -> each != Ordering.ACQUIRE_PC);
        return new GenericOperation.CompareAndSwap(result, location(), number(LARGEST_OPERAND),
            number(LARGEST_OPERAND), ordering);
      }
      default -> {
        next--;
        throw error("load, add, swap or cas");
      }
    }
  }

  private GenericOperation store(Ordering ordering) {
    String location = location();
    GenericOperation.Value value = next < words.size() && words.get(next).startsWith("r")
        ? new GenericOperation.Register(register())
        : new GenericOperation.Constant(number(LARGEST_VALUE));
    OptionalInt address = dependency("addr");
    OptionalInt data = value instanceof GenericOperation.Constant ? dependency("data") : OptionalInt.empty();
    return new GenericOperation.Store(location, value, ordering, address, data);
  }

  private OptionalInt dependency(String keyword) {
    if (next >= words.size() || !words.get(next).equals(keyword)) {
      return OptionalInt.empty();
    }
    next++;
    return OptionalInt.of(register());
  }

  private static String name(String word) {
    int dot = word.indexOf('.');
    return dot < 0 ? word : word.substring(0, dot);
  }

  private static String suffix(String word) {
    int dot = word.indexOf('.');
    return dot < 0 ? "" : word.substring(dot + 1);
  }

  private Ordering ordering(String word, Predicate<Ordering> fits) {
    for (Ordering ordering : Ordering.values()) {
      if (ordering.suffix().equals(suffix(word)) && fits.test(ordering)) {
        return ordering;
      }
    }
    next--;
    throw error("an ordering that fits " + name(word));
  }

  private GenericOperation.FenceKind fence(String word) {
    return switch (suffix(word)) {
      case "" -> GenericOperation.FenceKind.FULL;
      case "load" -> GenericOperation.FenceKind.LOAD;
      case "store" -> GenericOperation.FenceKind.STORE;
      default -> {
        next--;
        throw error("fence, fence.load or fence.store");
      }
    };
  }

  private int register() {
    String word = word("a register such as r0");
    if (!word.matches("r[0-9]") || word.charAt(1) - '0' >= GenericMapping.REGISTERS) {
      next--;
      throw error("a register from r0 to r" + (GenericMapping.REGISTERS - 1));
    }
    return word.charAt(1) - '0';
  }

  private String location() {
    String word = word("a variable");
    if (!word.matches("[A-Za-z_][A-Za-z0-9_]*") || word.matches("r[0-9]+")) {
      next--;
      throw error("a variable");
    }
    return word;
  }

  private int number(int largest) {
    String word = word("a number");
    if (!word.matches("[0-9]{1,5}") || Integer.parseInt(word) > largest) {
      next--;
      throw error("a number from 0 to " + largest);
    }
    return Integer.parseInt(word);
  }

  private String word(String expected) {
    if (next >= words.size()) {
      throw error(expected);
    }
    return words.get(next++);
  }

  private BadInputException error(String expected) {
    return line.position().error(next < words.size() ? "'" + words.get(next) + "'" : "end of '" + line.text() + "'",
        expected);
  }
}
