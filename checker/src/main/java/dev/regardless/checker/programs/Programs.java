package dev.regardless.checker.programs;

import static dev.regardless.machine.Access.ACQUIRE;
import static dev.regardless.machine.Access.ONCE;
import static dev.regardless.machine.Access.RELEASE;

import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.RmwOperation;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.List;

/**
 * The synthetic programs that stateless model checkers publish numbers for (GenMC, Nidhugg, rInspect; Kokologiannakis and
 * Vafeiadis, "GenMC", CAV 2021). Loads are acquire and stores release, unless the name says relaxed.
 */
public final class Programs {

  private static final int LOAD = ONCE | ACQUIRE;
  private static final int STORE = ONCE | RELEASE;

  private Programs() {}

  /** All of them. */
  public static List<Scenario> all() {
    return List.of(new Ainc(), new Binc(), new CasRot(), new Fibonacci(), new Indexer(), new LastZero(), new Readers(),
        new TicketLock(), new Writers(), new StoreBuffering(), new MessagePassing(), new LoadBuffering(),
        new TwoTwoWrites(), new IndependentReads(), new CoherentReads(), new Causality());
  }

  /** N threads add to one counter. */
  public static final class Ainc extends Program {
    public Ainc() {
      super("ainc", "n threads add to one counter", 7, Programs::ainc);
    }
  }

  /** N threads add to two counters. */
  public static final class Binc extends Program {
    public Binc() {
      super("binc", "n threads add to two counters", 4, Programs::binc);
    }
  }

  /** Thread k of n exchanges k - 1 for k once. */
  public static final class CasRot extends Program {
    public CasRot() {
      super("casrot", "thread k of n exchanges k - 1 for k once", 8, Programs::casrot);
    }
  }

  /** Two threads add Fibonacci numbers n times, one looks. */
  public static final class Fibonacci extends Program {
    public Fibonacci() {
      super("fib_bench", "two threads add Fibonacci numbers n times, one looks", 4, Programs::fibonacci);
    }
  }

  /** N threads insert four entries each into a hash table of 128. */
  public static final class Indexer extends Program {
    public Indexer() {
      super("indexer", "n threads insert four entries each into a hash table of 128", 12, Programs::indexer);
    }
  }

  /** N writers fill an array, a reader seeks the last zero. */
  public static final class LastZero extends Program {
    public LastZero() {
      super("lastzero", "n writers fill an array, a reader seeks the last zero", 10, Programs::lastZero);
    }
  }

  /** One writer, n readers. */
  public static final class Readers extends Program {
    public Readers() {
      super("readers", "one writer, n readers", 13, Programs::readers);
    }
  }

  /** N threads take a ticket lock once. */
  public static final class TicketLock extends Program {
    public TicketLock() {
      super("ticketlock", "n threads take a ticket lock once", 5, Programs::ticketLock);
    }
  }

  /** N writers, one reader, relaxed. */
  public static final class Writers extends Program {
    public Writers() {
      super("writers", "n writers, one reader, relaxed", 7, Programs::writers);
    }
  }

  /** Store buffering, relaxed. */
  public static final class StoreBuffering extends Program {
    public StoreBuffering() {
      super("sb", "store buffering, relaxed", 0, (c, n) -> Shapes.storeBuffering(c));
    }
  }

  /** Message passing, relaxed. */
  public static final class MessagePassing extends Program {
    public MessagePassing() {
      super("mp", "message passing, relaxed", 0, (c, n) -> Shapes.messagePassing(c));
    }
  }

  /** Load buffering, relaxed. */
  public static final class LoadBuffering extends Program {
    public LoadBuffering() {
      super("lb", "load buffering, relaxed", 0, (c, n) -> Shapes.loadBuffering(c));
    }
  }

  /** Two writes each, relaxed. */
  public static final class TwoTwoWrites extends Program {
    public TwoTwoWrites() {
      super("2+2w", "two writes each, relaxed", 0, (c, n) -> Shapes.twoTwoWrites(c));
    }
  }

  /** Independent reads of independent writes, relaxed. */
  public static final class IndependentReads extends Program {
    public IndependentReads() {
      super("iriw", "independent reads of independent writes, relaxed", 0, (c, n) -> Shapes.independentReads(c));
    }
  }

  /** Coherence of reads, relaxed. */
  public static final class CoherentReads extends Program {
    public CoherentReads() {
      super("corr", "coherence of reads, relaxed", 0, (c, n) -> Shapes.coherentReads(c));
    }
  }

  /** Write to read causality, relaxed. */
  public static final class Causality extends Program {
    public Causality() {
      super("wrc", "write to read causality, relaxed", 0, (c, n) -> Shapes.causality(c));
    }
  }

  private static void ainc(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 0);
    for (int i = 0; i < n; i++) {
      context.thread("add" + i, () -> machine.readModifyWrite(x, RmwOperation.ADD, 1, ONCE));
    }
  }

  private static void binc(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 0);
    int y = Words.create(context, "y", 1, 0);
    for (int i = 0; i < n; i++) {
      context.thread("add" + i, () -> {
        machine.readModifyWrite(x, RmwOperation.ADD, 1, ONCE);
        machine.readModifyWrite(y, RmwOperation.ADD, 1, ONCE);
      });
    }
  }

  private static void casrot(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 0);
    for (int i = 1; i <= n; i++) {
      int desired = i;
      context.thread("exchange" + i, () -> machine.compareExchange(x, desired - 1, desired, ONCE));
    }
  }

  private static void fibonacci(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 1);
    int y = Words.create(context, "y", 1, 1);
    context.thread("x", () -> {
      for (int i = 0; i < n; i++) {
        long a = machine.load(x, LOAD);
        long b = machine.load(y, LOAD);
        machine.store(x, a + b, STORE);
      }
    });
    context.thread("y", () -> {
      for (int i = 0; i < n; i++) {
        long a = machine.load(x, LOAD);
        long b = machine.load(y, LOAD);
        machine.store(y, a + b, STORE);
      }
    });
    context.thread("look", () -> {
      if (machine.load(x, LOAD) > 144 || machine.load(y, LOAD) > 144) {
        machine.violation(PropertyKind.ASSERTION, "beyond the twelfth Fibonacci number");
      }
    });
  }

  private static void indexer(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int table = Words.create(context, "table", 128, 0);
    for (int t = 0; t < n; t++) {
      int thread = t;
      context.thread("insert" + t, () -> {
        for (int i = 0; i < 4; i++) {
          int entry = 11 * i + thread;
          int at = 7 * entry % 128;
          while (machine.compareExchange(table + at, 0, entry, ONCE) != 0) {
            at = (at + 1) % 128;
          }
        }
      });
    }
  }

  private static void lastZero(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int array = Words.create(context, "array", n + 1, 0);
    context.thread("read", () -> {
      for (int i = n; machine.load(array + i, LOAD) != 0;) {
        i--;
      }
    });
    for (int j = 1; j <= n; j++) {
      int at = array + j;
      context.thread("write" + j, () -> machine.store(at, machine.load(at - 1, LOAD) + 1, STORE));
    }
  }

  private static void readers(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 0);
    context.thread("write", () -> machine.store(x, 42, STORE));
    for (int i = 0; i < n; i++) {
      context.thread("read" + i, () -> machine.load(x, LOAD));
    }
  }

  private static void writers(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int x = Words.create(context, "x", 1, 0);
    for (int i = 1; i <= n; i++) {
      int value = i;
      context.thread("write" + i, () -> machine.store(x, value, ONCE));
    }
    context.thread("read", () -> machine.load(x, ONCE));
  }

  private static void ticketLock(ScenarioContext context, int n) {
    Machine machine = context.machine();
    int next = Words.create(context, "next", 1, 0);
    int owner = Words.create(context, "owner", 1, 0);
    int shared = Words.create(context, "shared", 1, 0);
    for (int i = 1; i <= n; i++) {
      int id = i;
      context.thread("take" + i, () -> {
        long ticket = machine.readModifyWrite(next, RmwOperation.ADD, 1, ONCE);
        machine.await(owner, AwaitCondition.EQUAL, ticket, LOAD);
        machine.store(shared, id, 0);
        if (machine.load(shared, 0) != id) {
          machine.violation(PropertyKind.ASSERTION, "two threads hold the lock");
        }
        machine.store(owner, machine.load(owner, ONCE) + 1, STORE);
      });
    }
  }
}
