package dev.regardless.checker;

import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.RmwOperation;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.Memory;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioContext.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A small random program: 2 to 4 threads of loads, stores, read-modify-writes, fences, dependencies, awaits, locks,
 * RCU and spawned threads; with a negative seed, many of them act through a pointer. In one of four a thread also frees what
 * others use, or does not expect what it reads. The same seed gives the same program on every machine.
 */
final class RandomProgram {

  private static final int LOCATIONS = 2;
  private static final int REGISTERS = 3;

  /** One instruction; registers are private to a run of the thread. */
  private interface Step {
    void run(Machine machine, long[] registers, Layout layout);
  }

  /** Where the program's variables are on one machine. */
  private record Layout(int first, int lock, int pointer, Pair[] pairs, Runnable[] bodies) {}

  private static final class Words extends KernelObject {
    final int first;

    Words(CellFactory cells, int count) {
      super(cells);
      first = new LongCell(cells, "0").location();
      for (int i = 1; i < count; i++) {
        new LongCell(cells, Integer.toString(i));
      }
    }
  }

  /** What a pointer points to. */
  private static final class Pair extends KernelObject {
    final int cell;

    Pair(CellFactory cells) {
      super(cells);
      cell = new LongCell(cells, "cell").location();
    }
  }

  private final SplittableRandom random;
  private final List<List<Step>> threads = new ArrayList<>();
  private final List<List<Step>> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean exclusives;
  private final boolean allLocked;
  private final boolean pointers;
  private boolean gracePeriods;

  /** What the checker can explore; no emulated memory has all of it. */
  RandomProgram(long seed) {
    this(seed, true, false);
    if ((seed & 3) == 3) {
      addMistake(new SplittableRandom(~seed));
    }
  }

  /** What the architecture can emulate too, which takes its read-modify-writes for locked ones. */
  RandomProgram(long seed, Architecture architecture) {
    this(seed, architecture.hasExclusives(), true);
  }

  /** Without {@code exclusives} one instruction adds in place of a load-exclusive and a store-exclusive. */
  private RandomProgram(long seed, boolean exclusives, boolean allLocked) {
    this.exclusives = exclusives;
    this.allLocked = allLocked;
    this.pointers = seed < 0;
    random = new SplittableRandom(seed);
    int count = 2 + random.nextInt(3);
    int budget = 6 + random.nextInt(3);
    int[] sizes = new int[count];
    for (int i = 0; i < budget; i++) {
      sizes[random.nextInt(count)]++;
    }
    for (int thread = 0; thread < count; thread++) {
      text.append("T").append(thread).append(':');
      threads.add(steps(sizes[thread], true));
      text.append('\n');
    }
  }

  /** Puts an assertion somewhere, or a free of a variable that may be used. */
  private void addMistake(SplittableRandom choices) {
    int at = choices.nextInt(LOCATIONS);
    int other = (at + 1) % LOCATIONS;
    switch (choices.nextInt(4)) {
      case 0 -> addAssertion(choices);
      case 1 -> insert(choices, "free [%d]".formatted(at), (machine, registers, layout) -> free(machine, layout, at));
      case 2 -> addAnnouncedFree(choices, at, other);
      default -> addDeferredFree(choices, at, other);
    }
  }

  private void addAssertion(SplittableRandom choices) {
    int register = choices.nextInt(REGISTERS);
    insert(choices, "assert r%d==0".formatted(register), (machine, registers, layout) -> {
      if (registers[register] != 0) {
        machine.violation(PropertyKind.ASSERTION, "a register is not 0");
      }
    });
  }

  /** Somebody waits for the free and then stores. */
  private void addAnnouncedFree(SplittableRandom choices, int at, int other) {
    insert(choices, "free [%d]; [%d]=1".formatted(at, other), (machine, registers, layout) -> {
      free(machine, layout, at);
      machine.store(layout.first + other, 1, Access.ONCE | Access.RELEASE);
    });
    insert(choices, "await [%d] NOT_EQUAL 0; [%d]=1".formatted(other, at), (machine, registers, layout) -> {
      machine.await(layout.first + other, AwaitCondition.NOT_EQUAL, 0, Access.ONCE | Access.ACQUIRE);
      machine.store(layout.first + at, 1, Access.ONCE);
    });
  }

  /** The free waits for a grace period, as it should, after the variable was declared gone. */
  private void addDeferredFree(SplittableRandom choices, int at, int other) {
    gracePeriods = true;
    insertAtEdge(choices, "[%d]=1; sync; free [%d]".formatted(other, at), (machine, registers, layout) -> {
      machine.store(layout.first + other, 1, Access.ONCE);
      machine.synchronizeRcu();
      free(machine, layout, at);
    });
    insert(choices, "rcu( if [%d]==0 load [%d] )".formatted(other, at), (machine, registers, layout) -> {
      machine.rcuReadLock();
      if (machine.load(layout.first + other, Access.ONCE) == 0) {
        machine.load(layout.first + at, Access.ONCE);
      }
      machine.rcuReadUnlock();
    });
  }

  private static void free(Machine machine, Layout layout, int at) {
    machine.store(layout.first + at, Memory.FREED, Access.PLAIN);
  }

  private void insert(SplittableRandom choices, String what, Step step) {
    int thread = choices.nextInt(threads.size() + children.size());
    insert(thread, choices.nextInt(steps(thread).size() + 1), what, step);
  }

  /** Outside of sections. */
  private void insertAtEdge(SplittableRandom choices, String what, Step step) {
    int thread = choices.nextInt(threads.size() + children.size());
    insert(thread, choices.nextBoolean() ? 0 : steps(thread).size(), what, step);
  }

  private void insert(int thread, int place, String what, Step step) {
    steps(thread).add(place, step);
    boolean initial = thread < threads.size();
    text.append("%s%d, before step %d: %s%n".formatted(
        initial ? "T" : "child", initial ? thread : thread - threads.size(), place, what));
  }

  private List<Step> steps(int thread) {
    return thread < threads.size() ? threads.get(thread) : children.get(thread - threads.size());
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private List<Step> steps(int count, boolean maySpawn) {
    List<Step> steps = new ArrayList<>();
    for (int left = count; left > 0;) {
      left -= add(steps, left, maySpawn);
    }
    return steps;
  }

  /** Adds one instruction or a pair; returns how many events it takes. */
  private int add(List<Step> steps, int left, boolean maySpawn) {
    if (pointers && random.nextInt(3) != 0) {
      return pointer(steps);
    }
    int kind = random.nextInt(23);
    if (random.nextInt(4) == 0) {
      int number = random.nextInt(3);
      say(steps, "fence " + number, fence(number));
    }
    if (kind < 6) {
      return load(steps);
    } else if (kind < 11) {
      return store(steps);
    } else if (kind < 13) {
      return readModifyWrite(steps);
    } else if (kind < 14) {
      return compareExchange(steps);
    } else if (kind < 16) {
      return await(steps);
    } else if (kind < 17 && left >= 2) {
      return locked(steps, left);
    } else if (kind < 18 && maySpawn && left >= 2) {
      return spawn(steps, left);
    } else if (kind < 19) {
      return pointer(steps);
    } else if (kind < 20) {
      return exclusive(steps);
    } else if (kind < 22 && left >= 2) {
      return readSide(steps, left);
    }
    return gracePeriod(steps);
  }

  /** Whether some thread waits for a grace period. */
  boolean hasGracePeriods() {
    return gracePeriods;
  }

  private int readSide(List<Step> steps, int left) {
    say(steps, "rcu(", (machine, registers, layout) -> machine.rcuReadLock());
    int used = 0;
    for (int i = 0; i < 2 && used < left; i++) {
      used += switch (random.nextInt(6)) {
        case 0, 1 -> load(steps);
        case 2, 3 -> store(steps);
        case 4 -> await(steps);
        default -> readModifyWrite(steps);
      };
    }
    say(steps, ")", (machine, registers, layout) -> machine.rcuReadUnlock());
    return used;
  }

  // Without an event before and after it, it would order nothing.
  private int gracePeriod(List<Step> steps) {
    gracePeriods = true;
    int used = random.nextBoolean() ? load(steps) : store(steps);
    say(steps, "sync", (machine, registers, layout) -> machine.synchronizeRcu());
    return used + (random.nextBoolean() ? load(steps) : store(steps));
  }

  private void say(List<Step> steps, String what, Step step) {
    text.append(' ').append(what).append(';');
    steps.add(step);
  }

  private static Step fence(int number) {
    return (machine, registers, layout) -> machine.fence(number % machine.architecture().fences());
  }

  private int access(boolean read, boolean atomic) {
    int bits = random.nextInt(4);
    int access = Access.ONCE;
    if (atomic) {
      access |= (bits & 1) == 0 ? 0 : Access.ACQUIRE;
      access |= (bits & 2) == 0 ? 0 : Access.RELEASE;
      access |= random.nextBoolean() || allLocked ? Access.LOCKED : 0;
      access |= random.nextInt(4) == 0 ? Access.NO_RETURN : 0;
    } else if (read) {
      access |= bits == 0 ? Access.ACQUIRE : bits == 1 ? Access.ACQUIRE_PC : 0;
    } else {
      access |= bits == 0 ? Access.RELEASE : 0;
    }
    return access;
  }

  private int load(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int register = random.nextInt(REGISTERS);
    int access = access(true, false);
    say(steps, "r%d=[%d]/%x".formatted(register, at, access),
        (machine, registers, layout) -> registers[register] = machine.load(layout.first + at, access));
    return 1;
  }

  private int store(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int register = random.nextInt(REGISTERS);
    int value = 1 + random.nextInt(2);
    int access = access(false, false);
    switch (random.nextInt(4)) {
      case 0 -> say(steps, "[%d]=r%d+%d/%x".formatted(at, register, value, access),
          (machine, registers, layout) -> machine.store(layout.first + at, registers[register] + value, access));
      case 1 -> say(steps, "if r%d [%d]=%d/%x".formatted(register, at, value, access),
          (machine, registers, layout) -> {
            if (registers[register] != 0) {
              machine.store(layout.first + at, value, access);
            }
          });
      default -> say(steps, "[%d]=%d/%x".formatted(at, value, access),
          (machine, registers, layout) -> machine.store(layout.first + at, value, access));
    }
    return 1;
  }

  private int readModifyWrite(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int register = random.nextInt(REGISTERS);
    RmwOperation operation = random.nextBoolean() ? RmwOperation.ADD : RmwOperation.SWAP;
    int operand = 1 + random.nextInt(2);
    int access = access(true, true);
    say(steps, "r%d=%s[%d],%d/%x".formatted(register, operation, at, operand, access),
        (machine, registers,
            layout) -> registers[register] = machine.readModifyWrite(layout.first + at, operation, operand, access));
    return 2;
  }

  private int compareExchange(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int register = random.nextInt(REGISTERS);
    int expected = random.nextInt(2);
    int access = access(true, true);
    say(steps, "r%d=cas[%d],%d,2/%x".formatted(register, at, expected, access),
        (machine, registers,
            layout) -> registers[register] = machine.compareExchange(layout.first + at, expected, 2, access));
    return 2;
  }

  private int await(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int register = random.nextInt(REGISTERS);
    AwaitCondition condition = random.nextInt(3) == 0 ? AwaitCondition.EQUAL : AwaitCondition.NOT_EQUAL;
    int operand = condition == AwaitCondition.EQUAL ? 1 + random.nextInt(2) : 0;
    int access = access(true, false);
    say(steps, "r%d=await[%d] %s %d/%x".formatted(register, at, condition, operand, access),
        (machine, registers,
            layout) -> registers[register] = machine.await(layout.first + at, condition, operand, access));
    return 1;
  }

  private int locked(List<Step> steps, int left) {
    boolean unlock = random.nextInt(8) != 0;
    int access = Access.ONCE | Access.ACQUIRE | (random.nextBoolean() ? Access.LOCKED : 0);
    say(steps, "lock", (machine, registers, layout) -> machine.awaitCompareExchange(layout.lock, 0, 1, access));
    int inside = 0;
    if (left > 3) {
      inside = random.nextBoolean() ? load(steps) : store(steps);
    }
    if (unlock) {
      say(steps, "unlock",
          (machine, registers, layout) -> machine.store(layout.lock, 0, Access.ONCE | Access.RELEASE));
    }
    return 2 + inside;
  }

  private int spawn(List<Step> steps, int left) {
    int child = children.size();
    text.append(" {");
    children.add(List.of());
    children.set(child, steps(Math.min(left - 1, 1 + random.nextInt(2)), false));
    int register = random.nextInt(REGISTERS);
    boolean conditional = random.nextInt(3) == 0;
    say(steps, "}" + (conditional ? "if r" + register : ""), (machine, registers, layout) -> {
      if (!conditional || registers[register] != 0) {
        machine.spawn(ThreadKind.WORKER, layout.bodies[child], 0);
      }
    });
    return 2;
  }

  // Loads the pointer and acts on what it points to, or changes the pointer.
  private int pointer(List<Step> steps) {
    int register = random.nextInt(REGISTERS);
    int access = access(true, false);
    switch (random.nextInt(4)) {
      case 0 -> say(steps, "p=1", (machine, registers,
          layout) -> machine.store(layout.pointer, layout.pairs[1].number(), Access.ONCE | Access.RELEASE));
      case 1 -> say(steps, "q.cell=1",
          (machine, registers, layout) -> machine.store(layout.pairs[1].cell, 1, Access.ONCE));
      case 2 -> say(steps, "p.cell=2/%x".formatted(access), (machine, registers, layout) -> {
        Pair pair = pointed(machine, layout, access);
        machine.store(pair.cell, 2, Access.ONCE);
      });
      default -> say(steps, "r%d=p.cell/%x".formatted(register, access), (machine, registers, layout) -> {
        Pair pair = pointed(machine, layout, access);
        registers[register] = machine.load(pair.cell, Access.ONCE);
      });
    }
    return 2;
  }

  private static Pair pointed(Machine machine, Layout layout, int access) {
    Pair pair = (Pair) Objects.requireNonNull(machine.memory().object(machine.load(layout.pointer, access)));
    machine.referenceLoaded(pair);
    return pair;
  }

  private int exclusive(List<Step> steps) {
    int at = random.nextInt(LOCATIONS);
    int acquire = random.nextBoolean() ? Access.ACQUIRE : 0;
    int release = random.nextBoolean() ? Access.RELEASE : 0;
    if (!exclusives) {
      say(steps, "[%d]+=1".formatted(at), (machine, registers,
          layout) -> machine.readModifyWrite(layout.first + at, RmwOperation.ADD, 1, Access.ONCE | Access.LOCKED));
      return 2;
    }
    say(steps, "exclusive[%d]+1/%x/%x".formatted(at, acquire, release), (machine, registers, layout) -> {
      boolean stored = false;
      while (!stored) {
        long old = machine.load(layout.first + at, Access.ONCE | Access.EXCLUSIVE | acquire);
        stored = machine.storeExclusive(layout.first + at, old + 1, Access.ONCE | Access.EXCLUSIVE | release);
      }
    });
    return 2;
  }

  /** The program as a scenario for either engine; its outcome is all registers of all threads. */
  Scenario scenario() {
    return new Scenario() {
      @Override
      public String name() {
        return "random";
      }

      @Override
      public String description() {
        return RandomProgram.this.toString();
      }

      @Override
      public void setUp(ScenarioContext context) {
        int[] count = new int[1];
        RandomProgram.this.setUp(
            context.machine(), body -> context.thread("T" + count[0]++, body), context::register);
      }
    };
  }

  /** Makes the program's variables and gives its initial threads to {@code add}. */
  void setUp(Machine machine, Consumer<Runnable> add) {
    setUp(machine, add, name -> value -> {});
  }

  private void setUp(Machine machine, Consumer<Runnable> add, Function<String, Register> register) {
    Words words = machine.memory().create("words", cells -> new Words(cells, LOCATIONS + 2));
    Pair[] pairs = {
        machine.memory().create("pair", Pair::new), machine.memory().create("pair", Pair::new)
    };
    Runnable[] bodies = new Runnable[children.size()];
    Layout layout = new Layout(words.first, words.first + LOCATIONS, words.first + LOCATIONS + 1, pairs, bodies);
    machine.store(layout.pointer, pairs[0].number(), 0);
    for (int child = 0; child < bodies.length; child++) {
      bodies[child] = body(machine, layout, children.get(child), registers("child" + child, register));
    }
    for (int thread = 0; thread < threads.size(); thread++) {
      add.accept(body(machine, layout, threads.get(thread), registers("T" + thread, register)));
    }
  }

  private static Register[] registers(String thread, Function<String, Register> register) {
    Register[] result = new Register[REGISTERS];
    Arrays.setAll(result, number -> register.apply(thread + ":r" + number));
    return result;
  }

  private static Runnable body(Machine machine, Layout layout, List<Step> steps, Register[] results) {
    return () -> {
      long[] registers = new long[REGISTERS];
      for (Step step : steps) {
        step.run(machine, registers, layout);
      }
      for (int number = 0; number < REGISTERS; number++) {
        results[number].set(registers[number]);
      }
    };
  }
}
