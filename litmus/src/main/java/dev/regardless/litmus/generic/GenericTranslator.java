package dev.regardless.litmus.generic;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.isa.generic.GenericOperation;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.Quantifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a test of the generic dialect as a litmus test of one architecture. */
public final class GenericTranslator {
  /** The word that heads a test in the generic dialect. */
  public static final String ARCHITECTURE = "Generic";

  private final ParsedTest source;
  private final GenericMapping mapping;

  private GenericTranslator(ParsedTest source, GenericMapping mapping) {
    this.source = source;
    this.mapping = mapping;
  }

  /**
   * The test in the architecture's own assembly; its observables stand in the order of the generic test's.
   *
   * @throws BadInputException if an operation or a place is not one of the dialect
   */
  public static String translate(ParsedTest source, GenericMapping mapping) {
    return new GenericTranslator(source, mapping).text();
  }

  private String text() {
    List<List<String>> columns = new ArrayList<>();
    List<String> initial = new ArrayList<>();
    for (Binding binding : source.initial()) {
      initial.add(binding(binding));
    }
    for (int thread = 0; thread < source.threads().size(); thread++) {
      GenericMapping.Mapped mapped = mapping.map(thread, operations(source.threads().get(thread)));
      initial.addAll(mapped.initial());
      List<String> column = new ArrayList<>(List.of("P" + thread));
      column.addAll(mapped.code());
      columns.add(column);
    }
    StringBuilder text = new StringBuilder();
    text.append(mapping.architecture()).append(' ').append(source.name()).append('\n');
    text.append("{\n");
    initial.forEach(item -> text.append(' ').append(item).append(";\n"));
    text.append("}\n");
    code(columns, text);
    if (!source.locations().isEmpty()) {
      text.append(source.locations().stream().map(place -> bare(place) + ";")
          .collect(Collectors.joining(" ", "locations [", "]\n")));
    }
    if (!source.filter().equals(Formula.TRUE)) {
      text.append("filter ").append(formula(source.filter())).append('\n');
    }
    String condition = formula(source.condition());
    return text.append(quantifier(source.quantifier())).append(' ')
        .append(condition.startsWith("(") ? condition : "(" + condition + ")").append('\n').toString();
  }

  private static List<GenericOperation> operations(List<CodeLine> lines) {
    List<GenericOperation> operations = new ArrayList<>();
    Set<String> locations = new HashSet<>();
    for (CodeLine line : lines) {
      if (!line.text().isEmpty() || !line.labels().isEmpty()) {
        GenericOperation operation = GenericReader.read(line);
        operations.add(operation);
        addLocation(operation, locations);
        if (locations.size() > GenericMapping.VARIABLES) {
          throw line.position().error("more than " + GenericMapping.VARIABLES + " variables in a thread", "fewer");
        }
      }
    }
    return operations;
  }

  private static void addLocation(GenericOperation operation, Set<String> locations) {
    switch (operation) {
      case GenericOperation.Load load -> locations.add(load.location());
      case GenericOperation.Store store -> locations.add(store.location());
      case GenericOperation.ReadModifyWrite update -> locations.add(update.location());
      case GenericOperation.CompareAndSwap swap -> locations.add(swap.location());
      case GenericOperation.Fence _,GenericOperation.Branch _ -> {
      }
    }
  }

  private static void code(List<List<String>> columns, StringBuilder text) {
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    List<Integer> widths = columns.stream().map(cells -> cells.stream().mapToInt(String::length).max().orElse(0))
        .toList();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.size(); column++) {
        List<String> cells = columns.get(column);
        String cell = row < cells.size() ? cells.get(row) : "";
        text.append(column == 0 ? " " : "| ").append(cell).append(" ".repeat(widths.get(column) - cell.length() + 1));
      }
      text.append(";\n");
    }
  }

  private static String binding(Binding binding) {
    if (!(binding.place() instanceof Place.Variable variable) || binding.type().isDeclared()
        || !(binding.value() instanceof Constant.Numeral number)) {
      throw binding.position().error("'" + binding.place() + "'", "an undeclared variable with a number, such as x=1");
    }
    return variable.name() + "=" + number.value();
  }

  private String place(Place place, Position position) {
    return switch (place) {
      case Place.Register register -> register.thread() + ":" + register(register, position);
      case Place.Variable variable -> "[" + variable.name() + "]";
      case Place.Element element -> throw position.error("'" + element + "'", "a register or a variable");
    };
  }

  /** A place as {@code locations} wants it: herd takes no brackets there. */
  private String bare(Place place) {
    return place instanceof Place.Variable variable
        ? variable.name()
        : place(place, new Position(source.file(), 0, 0));
  }

  private String register(Place.Register register, Position position) {
    if (!register.name().matches("r[0-9]") || register.name().charAt(1) - '0' >= GenericMapping.REGISTERS) {
      throw position.error("'" + register + "'", "a register from r0 to r" + (GenericMapping.REGISTERS - 1));
    }
    return mapping.register(register.name().charAt(1) - '0');
  }

  private String formula(Formula formula) {
    return switch (formula) {
      case Formula.And and -> and.parts().isEmpty() ? "true" : join(and.parts(), " /\\ ");
      case Formula.Or or -> or.parts().isEmpty() ? "false" : join(or.parts(), " \\/ ");
      case Formula.Not not -> "not (" + formula(not.part()) + ")";
      case Formula.Implies implies -> "(" + enclosed(implies.premise()) + " => " + enclosed(implies.conclusion())
          + ")";
      case Formula.Holds holds -> {
        if (!(holds.value() instanceof Constant.Numeral number)) {
          throw holds.position().error("'" + holds.value() + "'", "a number");
        }
        yield place(holds.place(), holds.position()) + "=" + number.value();
      }
      case Formula.Same same -> place(same.left(), same.position()) + "=" + place(same.right(), same.position());
    };
  }

  private String enclosed(Formula formula) {
    return "(" + formula(formula) + ")";
  }

  private String join(List<Formula> parts, String operator) {
    return parts.stream().map(this::formula).collect(Collectors.joining(operator, "(", ")"));
  }

  private static String quantifier(Quantifier quantifier) {
    return switch (quantifier) {
      case EXISTS -> "exists";
      case NOT_EXISTS -> "~exists";
      case FORALL -> "forall";
    };
  }
}
