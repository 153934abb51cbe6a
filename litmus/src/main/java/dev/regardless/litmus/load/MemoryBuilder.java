package dev.regardless.litmus.load;

import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.test.MemoryCell;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the variables of a test and gives each an address. A variable exists as soon as the initial state or an
 * instruction names it.
 */
final class MemoryBuilder {
  private static final int MAXIMAL_VARIABLES = 4096;
  private static final int MAXIMAL_BYTES = 4096;

  private final String file;
  private final TypeNames types;
  private final Map<String, Integer> variables = new LinkedHashMap<>();
  private final Map<String, Binding> bindings = new HashMap<>();

  MemoryBuilder(String file, TypeNames types, List<Binding> initial) {
    this.file = file;
    this.types = types;
    for (Binding binding : initial) {
      if (binding.place() instanceof Place.Variable variable) {
        bindings.put(variable.name(), binding);
        address(variable.name());
        if (elements(variable.name()) * type(variable.name()).bytes() > MAXIMAL_BYTES) {
          throw binding.position().error("array of more than " + MAXIMAL_BYTES + " bytes", "a smaller array");
        }
      }
    }
    initial.forEach(binding -> mention(binding.value()));
  }

  private void mention(Constant value) {
    if (value instanceof Constant.Address address) {
      address(address.variable());
    } else if (value instanceof Constant.Vector vector) {
      vector.elements().forEach(this::mention);
    }
  }

  /** The address of a variable, which exists from now on. */
  long address(String name) {
    int index = variables.computeIfAbsent(name, unseen -> variables.size());
    if (index >= MAXIMAL_VARIABLES) {
      throw new UnsupportedTestException(file + ": not supported: more than " + MAXIMAL_VARIABLES + " variables");
    }
    return MemoryLayout.addressOf(index);
  }

  boolean exists(String name) {
    return variables.containsKey(name);
  }

  boolean isArray(String name) {
    Binding binding = bindings.get(name);
    return binding != null && binding.type().isArray();
  }

  /** The number of elements of an array, 1 for any other variable. */
  int elements(String name) {
    Binding binding = bindings.get(name);
    return binding == null || !binding.type().isArray() ? 1 : binding.type().length();
  }

  /** The type of a variable or of an array's elements. */
  ValueType type(String name) {
    Binding binding = bindings.get(name);
    return binding == null ? ValueType.INT : types.valueType(binding.type(), binding.position());
  }

  /** The cells of all variables, in the order in which the test first names them. */
  List<MemoryCell> cells(ValueResolver resolver) {
    List<MemoryCell> cells = new ArrayList<>();
    for (String name : variables.keySet()) {
      ValueType type = type(name);
      ValueType raw = new ValueType(type.bytes(), false, type.pointer());
      long address = address(name);
      for (int element = 0; element < elements(name); element++) {
        long initial = raw.normalise(resolver.resolve(initial(name, element)));
        cells.add(new MemoryCell(name, isArray(name) ? element : -1, address + (long) element * type.bytes(), type,
            initial));
      }
    }
    return cells;
  }

  private Constant initial(String name, int element) {
    Binding binding = bindings.get(name);
    if (binding == null) {
      return Constant.ZERO;
    }
    return binding.value() instanceof Constant.Vector vector ? vector.elements().get(element) : binding.value();
  }
}
