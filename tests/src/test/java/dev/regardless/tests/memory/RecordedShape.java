package dev.regardless.tests.memory;

import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.RmwOperation;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.Memory;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioObserver;
import dev.regardless.tests.memory.Instruction.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The instructions that a straight-line scenario's threads perform on an architecture, recorded by running them on a
 * machine that answers each read with a number telling which one it was. So the axioms judge what the primitives really
 * are, not what they should be.
 */
final class RecordedShape {

  /** Answers to reads of threads start here: values that no shape writes. */
  private static final long FIRST_READ = 1_000;

  /** Answers to reads of final values: this plus the location. */
  private static final long FINAL = 2_000;

  private final List<List<Instruction>> threads = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();
  private final Machine machine;
  private final Memory memory;
  private KernelPrimitives primitives;
  private List<Instruction> current = new ArrayList<>();
  private boolean ended;
  private long reads;

  RecordedShape(Scenario scenario, Map<String, String> parameters, Architecture architecture, String variant) {
    this.machine = (Machine) Proxy.newProxyInstance(
        Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> answer(method,
            arguments));
    this.memory = new Memory(machine);
    this.primitives = architecture.primitives(machine, variant);
    Context context = new Context(scenario, parameters);
    scenario.setUp(context);
    context.bodies.forEach(body -> {
      current = new ArrayList<>();
      body.run();
      threads.add(current);
    });
    ended = true;
    context.checks.forEach(Runnable::run);
  }

  Program program() {
    return new Program(threads);
  }

  /** The registers of an outcome as {@link Axiomatic} has it. */
  private List<Long> registers(List<Long> outcome) {
    List<Long> registers = new ArrayList<>();
    for (int source : sources) {
      registers.add(outcome.get(source < FINAL ? (int) (source - FIRST_READ) : (int) (reads + source - FINAL)));
    }
    return registers;
  }

  /** All outcomes that the axioms allow, as values of the scenario's registers. */
  Set<List<Long>> outcomes(Axioms axioms) {
    Set<List<Long>> result = new HashSet<>();
    new Axiomatic(program(), axioms).outcomes().forEach(outcome -> result.add(registers(outcome)));
    return result;
  }

  private Object answer(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "memory" -> memory;
      case "primitives" -> primitives;
      case "load" -> load((int) arguments[0], (int) arguments[1]);
      case "store" -> {
        add(Kind.STORE, (int) arguments[0], (long) arguments[1], (int) arguments[2]);
        yield Boolean.TRUE;
      }
      case "readModifyWrite" -> modify((int) arguments[0], (RmwOperation) arguments[1], (long) arguments[2],
          (int) arguments[3]);
      case "storeExclusive" -> storeExclusive((long) arguments[1], (int) arguments[2]);
      case "fence" -> {
        add(Kind.FENCE, 0, (int) arguments[0], 0);
        yield Boolean.TRUE;
      }
      case "retry" -> Boolean.TRUE;
      default -> throw new IllegalStateException("a shape should not call " + method.getName());
    };
  }

  private long load(int location, int access) {
    if (ended) {
      return FINAL + location;
    }
    boolean exclusive = Access.has(access, Access.EXCLUSIVE);
    add(exclusive ? Kind.EXCLUSIVE_SWAP : Kind.LOAD, location, 0, access & ~Access.EXCLUSIVE);
    return FIRST_READ + reads++;
  }

  private long modify(int location, RmwOperation operation, long operand, int access) {
    add(operation == RmwOperation.SWAP ? Kind.SWAP : Kind.ADD, location, operand, access);
    return FIRST_READ + reads++;
  }

  /** Completes the pair that the load began. */
  private boolean storeExclusive(long value, int access) {
    Instruction load = current.removeLast();
    add(load.kind(), load.location(), value, load.access() | (access & ~Access.EXCLUSIVE));
    return true;
  }

  private void add(Kind kind, int location, long operand, int access) {
    int order = Access.ACQUIRE | Access.ACQUIRE_PC | Access.RELEASE | Access.NO_RETURN;
    current.add(new Instruction(kind, location, operand, 0, access & order, -1, -1));
  }

  private final class Context implements ScenarioContext {
    final List<Runnable> bodies = new ArrayList<>();
    final Collection<Runnable> checks = new ArrayList<>();
    private final Scenario scenario;
    private final Map<String, String> parameters;

    Context(Scenario scenario, Map<String, String> parameters) {
      this.scenario = scenario;
      this.parameters = parameters;
    }

    @Override
    public Machine machine() {
      return machine;
    }

    @Override
    public String parameter(String name) {
      return parameters.getOrDefault(name, scenario.parameters().getOrDefault(name, ""));
    }

    @Override
    public void thread(String name, ThreadKind kind, int cpu, Runnable body) {
      bodies.add(body);
    }

    @Override
    public void atEnd(Runnable check) {
      checks.add(check);
    }

    @Override
    public void observe(ScenarioObserver observer) {
      throw new IllegalStateException("a shape has no observer");
    }

    @Override
    public Register register(String name) {
      int index = sources.size();
      sources.add(0);
      return value -> sources.set(index, Math.toIntExact(value));
    }
  }
}
