package dev.regardless.scenario.kernel;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.ListHead;
import dev.regardless.kernel.RcuHead;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.SortedMap;

/**
 * Readers walk a list under RCU while an updater replaces its elements, one after the other, by copies with the next
 * version. Each reader meets every element once, in some version, whole. Source: Documentation/RCU/listRCU.rst (6.x).
 */
public final class RcuListScenario implements Scenario {

  @Override
  public String name() {
    return "rcu-list";
  }

  @Override
  public String description() {
    return "readers against list_replace_rcu; mutants: no-grace-period, plain-publish";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("readers", "1", "elements", "2", "reclaim", "callback", "mutant", "none");
  }

  private static final class Element extends KernelObject {
    private final ListHead node;
    private final LongCell key;
    private final LongCell version;
    private final RcuHead rcu;

    Element(Table table, CellFactory cells) {
      super(cells);
      node = new ListHead(cells.embedded(this, "list"), this);
      key = new LongCell(cells, "key");
      version = new LongCell(cells, "version");
      rcu = new RcuHead(cells.machine(), () -> table.elements.free(this));
    }

    void fill(long newKey, long newVersion) {
      key.write(newKey);
      version.write(newVersion);
    }
  }

  private static final class Table extends KernelObject {
    private final Machine machine;
    private final ListHead head;
    private final KmemCache<Element> elements;

    Table(CellFactory cells) {
      super(cells);
      machine = cells.machine();
      head = new ListHead(cells.embedded(this, "head"), this);
      elements = new KmemCache<>(machine.memory(), "element", elementCells -> new Element(this, elementCells));
      head.init();
    }

    void walk(int expected) {
      long last = 0;
      int met = 0;
      for (ListHead node = head.nextRcu(); node != head; node = node.nextRcu()) {
        Element element = node.container(Element.class);
        long key = element.key.readOnce();
        if (key != last + 1 || element.version.readOnce() == 0) {
          machine.violation(PropertyKind.INVARIANT, "a reader met key %d after %d".formatted(key, last));
        }
        last = key;
        met++;
      }
      if (met != expected) {
        machine.violation(PropertyKind.INVARIANT, "a reader met %d of %d elements".formatted(met, expected));
      }
    }
  }

  @Override
  public void setUp(ScenarioContext context) {
    int readers = Parameters.number(context, "readers", 1, 32);
    int count = Parameters.number(context, "elements", 1, 64);
    String mutant = Parameters.mutant(context, "no-grace-period", "plain-publish");
    String reclaim = context.parameter("reclaim");
    if (!reclaim.equals("callback") && !reclaim.equals("synchronize")) {
      throw new IllegalArgumentException(
          "parameter reclaim: expected callback or synchronize, got '%s'".formatted(reclaim));
    }
    Kernel kernel = new Kernel(context.machine());
    Table table = kernel.create("table", Table::new);
    for (int key = 1; key <= count; key++) {
      Element element = table.elements.allocate();
      element.fill(key, 1);
      table.head.addTail(element.node);
    }
    for (int i = 0; i < readers; i++) {
      context.thread("reader" + i, () -> {
        kernel.rcu().readLock();
        table.walk(count);
        kernel.rcu().readUnlock();
      });
    }
    context.thread("updater", () -> {
      ListHead node = table.head.first();
      for (int key = 1; key <= count; key++) {
        Element old = node.container(Element.class);
        node = node.next();
        replace(table, old, key, mutant.equals("plain-publish"));
        if (mutant.equals("no-grace-period")) {
          table.elements.free(old);
        } else if (reclaim.equals("callback")) {
          kernel.rcu().call(old.rcu);
        } else {
          kernel.rcu().synchronize();
          table.elements.free(old);
        }
      }
    });
  }

  private static void replace(Table table, Element old, long key, boolean plainly) {
    Element copy = table.elements.allocate();
    copy.fill(key, 2);
    if (plainly) {
      // Nothing orders the copy's contents before its publication.
      old.node.replace(copy.node);
    } else {
      old.node.replaceRcu(copy.node);
    }
  }
}
