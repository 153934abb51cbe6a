package dev.regardless.litmus.load;

import dev.regardless.isa.RegisterFile;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.syntax.Position;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.Observable;
import dev.regardless.litmus.test.ValueType;
import java.util.ArrayList;
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
  private final RegisterFile registers;
  private final MemoryBuilder memory;
  private final SymbolicRegisters symbolic;
  private final ParsedTest parsed;
  private final Map<Integer, Map<Integer, ValueType>> registerTypes = new HashMap<>();
  private final SortedMap<Key, Place> places = new TreeMap<>();
  private final List<Observable> observables = new ArrayList<>();
  private final List<ShownItem> shown = new ArrayList<>();
  private final Map<Key, ShownItem> items = new TreeMap<>();
  private int shownObservables;

  /** Where a place stands in herd's order; {@code number} is a register's number or an element's index. */
  private record Key(boolean hidden, int rank, int thread, String name, int number) implements Comparable<Key> {
    private static final int REGISTER = 0;
    private static final int VARIABLE = 1;
    private static final int ELEMENT = 2;

    Key visible() {
      return hidden ? new Key(false, rank, thread, name, number) : this;
    }

    /** Herd's order of printing; hidden places last. */
    @Override
    public int compareTo(Key other) {
      int order = Boolean.compare(hidden, other.hidden);
      order = order == 0 ? Integer.compare(rank, other.rank) : order;
      order = order == 0 ? Integer.compare(thread, other.thread) : order;
      order = order == 0 ? name.compareTo(other.name) : order;
      return order == 0 ? Integer.compare(number, other.number) : order;
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
    parsed.condition().places((place, position) -> add(place, position, false));
    parsed.filter().places((place, position) -> add(place, position, true));
  }

  private void add(Place place, Position position, boolean hidden) {
    Key visible = key(place, position);
    if (!places.containsKey(visible)) {
      places.put(hidden ? new Key(true, visible.rank, visible.thread, visible.name, visible.number) : visible, place);
    }
  }

  private Key key(Place place, Position position) {
    if (place instanceof Place.Register register) {
      return new Key(false, Key.REGISTER, thread(register, position), "", number(register, position));
    }
    if (place instanceof Place.Element element) {
      if (element.index() >= memory.elements(existing(element.array(), position))) {
        throw position.error("'" + element + "'", "an index below " + memory.elements(element.array()));
      }
      return new Key(false, Key.ELEMENT, 0, element.array(), element.index());
    }
    return new Key(false, Key.VARIABLE, 0, existing(((Place.Variable) place).name(), position), 0);
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
      ShownItem item;
      if (place instanceof Place.Register register) {
        item = register(key, register.name());
      } else if (place instanceof Place.Element element) {
        item = element(element, layout);
      } else {
        item = variable(((Place.Variable) place).name(), layout);
      }
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
