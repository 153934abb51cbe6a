package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.kernel.RefCount;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random sequences of refcount_t's operations, near its edges, against 32-bit arithmetic as lib/refcount.c has it. */
class RefCountModelTest {

  private static final int SEQUENCES = 2_000;
  private static final int LENGTH = 8;
  private static final int SATURATED = Integer.MIN_VALUE / 2;
  private static final List<Integer> EDGES = List.of(0, 1, 2, 3, 4, Integer.MAX_VALUE - 2, Integer.MAX_VALUE - 1,
      Integer.MAX_VALUE, SATURATED, -1);
  private static final List<Integer> STEPS = List.of(1, 1, 2, 3, Integer.MAX_VALUE);

  private enum Operation {
    SET, INC, ADD, INC_NOT_ZERO, DEC_AND_TEST, SUB_AND_TEST, DEC
  }

  /** One call, {@code operand} used where the operation has one. */
  private record Call(Operation operation, int operand) {}

  /** What a sequence of calls leaves: the value after each, its result (0 if it has none), and the first warning. */
  private record Effect(List<Long> values, String warning) {}

  private static final class Counted extends KernelObject {
    final RefCount references;

    Counted(CellFactory cells) {
      super(cells);
      references = new RefCount(cells, "refs");
    }
  }

  /** The C code, on an int that wraps. */
  private static final class Literal {
    private int refs;
    private String warning = "";

    private void warn(String what) {
      refs = SATURATED;
      warning = warning.isEmpty() ? what : warning;
    }

    private boolean call(Call call) {
      int old = refs;
      switch (call.operation) {
        case SET -> refs = call.operand;
        case INC -> add(1);
        case ADD -> add(call.operand);
        case INC_NOT_ZERO -> {
          if (old != 0) {
            refs = old + 1;
            if (old < 0 || old + 1 < 0) {
              warn("saturated; leaking memory");
            }
          }
          return old != 0;
        }
        case DEC_AND_TEST -> {
          return sub(1);
        }
        case SUB_AND_TEST -> {
          return sub(call.operand);
        }
        case DEC -> {
          refs = old - 1;
          if (old <= 1) {
            warn("decrement hit 0; leaking memory");
          }
        }
      }
      return false;
    }

    private void add(int i) {
      int old = refs;
      refs = old + i;
      if (old == 0) {
        warn("addition on 0; use-after-free");
      } else if (old < 0 || old + i < 0) {
        warn("saturated; leaking memory");
      }
    }

    private boolean sub(int i) {
      int old = refs;
      refs = old - i;
      if (old > 0 && old == i) {
        return true;
      }
      if (old <= 0 || old - i < 0) {
        warn("underflow; use-after-free");
      }
      return false;
    }
  }

  private static List<Call> random(Random random) {
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(Operation.SET, EDGES.get(random.nextInt(EDGES.size()))));
    while (calls.size() < LENGTH) {
      Operation operation = Operation.values()[1 + random.nextInt(Operation.values().length - 1)];
      calls.add(new Call(operation, STEPS.get(random.nextInt(STEPS.size()))));
    }
    return calls;
  }

  private static Effect expected(List<Call> calls) {
    Literal literal = new Literal();
    List<Long> values = new ArrayList<>();
    for (Call call : calls) {
      boolean result = literal.call(call);
      values.add((long) literal.refs);
      values.add(result ? 1L : 0);
    }
    return new Effect(values, literal.warning);
  }

  private static boolean call(RefCount references, Call call) {
    return switch (call.operation) {
      case INC_NOT_ZERO -> references.incrementNotZero();
      case DEC_AND_TEST -> references.decrementAndTest();
      case SUB_AND_TEST -> references.subAndTest(call.operand);
      default -> {
        switch (call.operation) {
          case SET -> references.set(call.operand);
          case INC -> references.increment();
          case ADD -> references.add(call.operand);
          default -> references.decrement();
        }
        yield false;
      }
    };
  }

  /** Runs the calls that are in {@code calls} at that time, noting what each leaves in {@code values}. */
  private record Sequence(List<Call> calls, List<Long> values) implements Scenario {
    @Override
    public String name() {
      return "refcount";
    }

    @Override
    public String description() {
      return "a sequence of calls";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Counted counted = context.create("counted", Counted::new);
      context.thread("only", () -> {
        values.clear();
        for (Call call : calls) {
          boolean result = call(counted.references, call);
          values.add(counted.references.read());
          values.add(result ? 1L : 0);
        }
      });
    }
  }

  private static Emulator emulator(Architecture architecture, String variant, Scenario scenario, boolean warns) {
    EmulatorSettings plain = EmulatorSettings.of(1);
    Set<PropertyKind> watched = EnumSet.copyOf(plain.properties());
    if (!warns) {
      watched.remove(PropertyKind.REFERENCE_COUNT);
    }
    Emulator emulator = Emulator.random(architecture, new EmulatorSettings(
        1, plain.threads(), variant, List.of(), plain.storeBufferEntries(), plain.historyEntries(), plain.drainBias(),
        plain.preemption(), plain.quarantine(), plain.faults(), watched, 0, 0), 1);
    emulator.setUp(scenario, Map.of());
    return emulator;
  }

  @Test
  void sequencesDoWhatTheKernelDoes() {
    int warned = 0;
    for (Architecture architecture : Programs.architectures()) {
      for (String variant : architecture.primitiveVariants()) {
        Sequence sequence = new Sequence(new ArrayList<>(), new ArrayList<>());
        Emulator silent = emulator(architecture, variant, sequence, false);
        Emulator warning = emulator(architecture, variant, sequence, true);
        Random random = new Random(7);
        for (int i = 0; i < SEQUENCES; i++) {
          sequence.calls.clear();
          sequence.calls.addAll(random(random));
          Effect effect = expected(sequence.calls);
          assertTrue(silent.run().holds());
          assertEquals(effect.values(), sequence.values, () -> architecture.name() + sequence.calls);
          RunResult result = warning.run();
          assertEquals(effect.warning(), result.holds() ? "" : result.violations().getFirst().message(),
              () -> architecture.name() + sequence.calls);
          warned += result.holds() ? 0 : 1;
        }
      }
    }
    assertTrue(warned > SEQUENCES && warned < 4 * SEQUENCES, "warned %d times".formatted(warned));
  }
}
