package dev.regardless.scenario;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import java.util.function.Function;

/** What a {@link Scenario} is set up with. Provided by the engine. */
public interface ScenarioContext {

  Machine machine();

  /** Value of a declared parameter, or its default. */
  String parameter(String name);

  /** {@link #parameter} as a number. */
  default int number(String name) {
    String text = parameter(name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("parameter %s: expected a number, got '%s'".formatted(name, text), e);
    }
  }

  /** Creates an object that lives from set-up to the end. */
  default <T extends KernelObject> T create(String name, Function<CellFactory, T> maker) {
    return machine().memory().create(name, maker);
  }

  /** Adds a thread that exists from the start, on the next CPU in turn. Threads are numbered in order of addition. */
  default void thread(String name, Runnable body) {
    thread(name, ThreadKind.TASK, -1, body);
  }

  /** Adds a thread of some kind on a given CPU; {@code cpu} -1 for the next in turn. */
  void thread(String name, ThreadKind kind, int cpu, Runnable body);

  /**
   * Adds a check that runs after all threads have ended, on the final values; violations are reported through {@link
   * Machine#violation}.
   */
  void atEnd(Runnable check);

  /** Lets {@code observer} see the tracepoints of every run; the checking engine ignores it. */
  void observe(ScenarioObserver observer);

  /** Declares one number of the outcome, in order, e.g. {@code 1:r0}. 0 until set. */
  Register register(String name);

  /** One number of an execution's outcome, written by one thread. */
  interface Register {
    void set(long value);
  }
}
