package dev.regardless.litmus.load;

import dev.regardless.isa.RegisterFile;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.Observable;
import dev.regardless.litmus.test.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The places that a test's condition, filter and {@code locations} name, in the order in which herd prints them:
 * registers by thread and number, variables by name, elements of arrays by name and index. Places that only the filter
 * names come last and are not shown.
 */
final class ObservableTable {
  private static final Comparator<Key> HERD_ORDER = Comparator.comparing((Key key) -> key.hidden)
      .thenComparing(key -> key.rank).thenComparing(key -> key.thread).thenComparing(key -> key.name)
      .thenComparing(key -> key.number);

  private final RegisterFile registers;
  private final MemoryBuilder memory;
  private final SymbolicRegisters symbolic;
  private final ParsedTest parsed;
  private final Map<Integer, Map<Integer, ValueType>> registerTypes = new HashMap<>();
  private final SortedMap<Key, Place> places = new TreeMap<>(HERD_ORDER);
  private final List<Observable> observables = new ArrayList<>();
  private final List<ShownItem> shown = new ArrayList<>();
  private final Map<Key, ShownItem> items = new HashMap<>();
  private int shownObservables;

  /** Where a place stands in herd's order; {@code number} is a register's number or an element's index. */
  private record Key(boolean hidden, int rank, int thread, String name, int number) {
    private static final int REGISTER = 0;
    private static final int VARIABLE = 1;
    private static final int ELEMENT = 2;

    Key visible() {
      return new Key(false, rank, thread, name, number);
    }
  }

  ObservableTable(ParsedTest parsed, RegisterFile registers, MemoryBuilder memory, SymbolicRegisters symbolic,
      TypeNames types) {
    this.parsed = parsed;
    this.registers = registers;
    this.memory = memory;
    this.symbolic = symbolic;
    Position file = new Position(parsed.file(), 0, 0);
    for (Binding binding : parsed.initial()) {
      if (binding.place() instanceof Place.Register register && binding.type().isDeclared()
          && register.thread() >= 0) {
        registerTypes.computeIfAbsent(register.thread(), unseen -> new HashMap<>()).put(number(register, file),
            types.registerType(binding.type(), binding.position()));
      }
    }
    parsed.locations().forEach(place -> add(place, file, false));
    collect(parsed.condition(), false);
    collect(parsed.filter(), true);
  }

  private void collect(Formula formula, boolean hidden) {
    switch (formula) {
      case Formula.And and -> and.parts().forEach(part -> collect(part, hidden));
      case Formula.Or or -> or.parts().forEach(part -> collect(part, hidden));
      case Formula.Not not -> collect(not.part(), hidden);
      case Formula.Implies implies -> {
        collect(implies.premise(), hidden);
        collect(implies.conclusion(), hidden);
      }
      case Formula.Holds holds -> add(holds.place(), holds.position(), hidden);
      case Formula.Same same -> {
        add(same.left(), same.position(), hidden);
        add(same.right(), same.position(), hidden);
      }
    }
  }

  private void add(Place place, Position position, boolean hidden) {
    Key visible = key(place, position);
    if (!places.containsKey(visible)) {
      places.put(hidden ? new Key(true, visible.rank, visible.thread, visible.name, visible.number) : visible, place);
    }
  }

  private Key key(Place place, Position position) {
    return switch (place) {
      case Place.Register register -> new Key(false, Key.REGISTER, thread(register, position), "",
          number(register, position));
      case Place.Variable variable -> new Key(false, Key.VARIABLE, 0, existing(variable.name(), position), 0);
      case Place.Element element -> {
        if (element.index() >= memory.elements(existing(element.array(), position))) {
          throw position.error("'" + element + "'", "an index below " + memory.elements(element.array()));
        }
        yield new Key(false, Key.ELEMENT, 0, element.array(), element.index());
      }
    };
  }

  private String existing(String name, Position position) {
    if (!memory.exists(name)) {
      throw position.error("'" + name + "', which neither the initial state nor an instruction names",
          "a variable of the test");
    }
    return name;
  }

  private int thread(Place.Register register, Position position) {
    if (register.thread() < 0 || register.thread() >= parsed.threads().size()) {
      throw position.error("register " + register, "a register of a thread from 0 to "
          + (parsed.threads().size() - 1));
    }
    return register.thread();
  }

  private int number(Place.Register register, Position position) {
    thread(register, position);
    int number = registers.find(register.name());
    if (number == RegisterFile.NONE && register.name().startsWith("%")) {
      number = (int) symbolic.register(register.thread(), register.name().substring(1)).orElse(RegisterFile.NONE);
    }
    if (number == RegisterFile.NONE) {
      throw position.error("'" + register.name() + "'", "a register of " + parsed.architecture());
    }
    return number;
  }

  /** Numbers all places; the layout is that of the finished memory. */
  void finish(MemoryLayout layout) {
    places.forEach((key, place) -> {
      ShownItem item = switch (place) {
        case Place.Register register -> register(key, register.name());
        case Place.Variable variable -> variable(variable.name(), layout);
        case Place.Element element -> element(element, layout);
      };
      items.put(key.visible(), item);
      if (!key.hidden) {
        shown.add(item);
        shownObservables = observables.size();
      }
    });
  }

  private ShownItem register(Key key, String written) {
    ValueType type = registerTypes.getOrDefault(key.thread, Map.of()).getOrDefault(key.number, ValueType.INT);
    if (key.number == RegisterFile.ZERO) {
      return new ShownItem(key.thread + ":" + written.toUpperCase(Locale.ROOT), type, ShownItem.CONSTANT_ZERO, 1,
          false);
    }
    String text = key.thread + ":" + registers.name(key.number);
    observables.add(new Observable.Register(key.thread, key.number, text, type));
    return new ShownItem(text, type, observables.size() - 1, 1, false);
  }

  private ShownItem variable(String name, MemoryLayout layout) {
    ValueType type = memory.type(name);
    int first = observables.size();
    boolean array = memory.isArray(name);
    for (int element = 0; element < memory.elements(name); element++) {
      int cell = layout.cellAt(memory.address(name) + (long) element * type.bytes());
      String text = array ? name + "[" + element + "]" : "[" + name + "]";
      observables.add(new Observable.Cell(cell, text, type));
    }
    return new ShownItem(array ? name : "[" + name + "]", type, first, memory.elements(name), array);
  }

  private ShownItem element(Place.Element element, MemoryLayout layout) {
    ValueType type = memory.type(element.array());
    int cell = layout.cellAt(memory.address(element.array()) + (long) element.index() * type.bytes());
    observables.add(new Observable.Cell(cell, element.toString(), type));
    return new ShownItem(element.toString(), type, observables.size() - 1, 1, false);
  }

  /** What a place of the condition became. */
  ShownItem item(Place place, Position position) {
    ShownItem item = items.get(key(place, position));
    if (item == null) {
      throw new IllegalStateException("place not collected: " + place);
    }
    return item;
  }

  List<Observable> observables() {
    return List.copyOf(observables);
  }

  List<ShownItem> shown() {
    return List.copyOf(shown);
  }

  int shownObservables() {
    return shownObservables;
  }
}
