package dev.regardless.litmus.report;

import dev.regardless.isa.CodeAddress;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.load.ShownItem;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.test.LitmusThread;
import dev.regardless.litmus.test.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints and sorts a test's final states as herd does. */
public final class StatePrinter {
  private final LoadedTest loaded;

  /** A printer for the states of one test. */
  public StatePrinter(LoadedTest loaded) {
    this.loaded = loaded;
  }

  /** The states in herd's order: by the first shown place whose contents differ, numbers before addresses. */
  public List<Outcome> sorted(Collection<Outcome> outcomes) {
    List<Outcome> sorted = new ArrayList<>(outcomes);
    sorted.sort(this::herdOrder);
    return sorted;
  }

  private int herdOrder(Outcome left, Outcome right) {
    for (ShownItem item : loaded.shown()) {
      for (int index = 0; item.first() >= 0 && index < item.length(); index++) {
        int observable = item.first() + index;
        int order = compare(left.values()[observable], right.values()[observable]);
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  private int compare(long left, long right) {
    Optional<String> leftName = name(left);
    Optional<String> rightName = name(right);
    if (leftName.isEmpty() && rightName.isEmpty()) {
      return Long.compare(left, right);
    }
    if (leftName.isPresent() && rightName.isPresent()) {
      return leftName.get().compareTo(rightName.get());
    }
    return leftName.isEmpty() ? -1 : 1;
  }

  /** One line: every shown place with what it holds. */
  public String text(Outcome outcome) {
    StringBuilder line = new StringBuilder();
    for (ShownItem item : loaded.shown()) {
      line.append(line.isEmpty() ? "" : " ").append(item.text()).append('=');
      if (item.first() == ShownItem.CONSTANT_ZERO) {
        line.append('0');
      } else if (item.vector()) {
        appendVector(line, item, outcome);
      } else {
        line.append(value(outcome.values()[item.first()], item.type()));
      }
      line.append(';');
    }
    return line.toString();
  }

  private void appendVector(StringBuilder line, ShownItem item, Outcome outcome) {
    for (int index = 0; index < item.length(); index++) {
      line.append(index == 0 ? '{' : ',').append(value(outcome.values()[item.first() + index], item.type()));
    }
    line.append('}');
  }

  /** A value as herd prints it: the name of what it points to, or a number in its type. */
  public String value(long raw, ValueType type) {
    return name(raw).orElseGet(() -> {
      long number = type.normalise(raw);
      return type.bytes() == 8 && !type.signed() ? Long.toUnsignedString(number) : Long.toString(number);
    });
  }

  private Optional<String> name(long raw) {
    if (CodeAddress.isCode(raw)) {
      return label(raw);
    }
    return loaded.test().memory().symbol(raw);
  }

  private Optional<String> label(long raw) {
    int thread = CodeAddress.thread(raw);
    if (thread >= loaded.test().threads().size()) {
      return Optional.empty();
    }
    LitmusThread code = loaded.test().threads().get(thread);
    int index = CodeAddress.index(raw);
    Map<Integer, String> byIndex = new TreeMap<>();
    code.labels().forEach((label, position) -> byIndex.merge(position, label, StatePrinter::first));
    if (byIndex.containsKey(index)) {
      return Optional.of("label:\"P" + code.name() + ":" + byIndex.get(index) + "\"");
    }
    return index <= code.instructions().size() ? Optional.of("P" + code.name() + "+" + index * 4) : Optional.empty();
  }

  private static String first(String left, String right) {
    return left.compareTo(right) <= 0 ? left : right;
  }
}
