package dev.regardless.vfs.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A user program of one process.
 *
 * @param memory bytes of the process's memory, zeroed, a multiple of 8; nothing is mapped behind it
 * @param tasks number of tasks, which share memory and descriptors
 * @param steps in the order in which they happen
 * @param expectations what some of the steps must return
 * @param loops stretches of steps that happen several times, in order, apart from one another
 */
public record Program(
    int memory, int tasks, List<Step> steps, List<Expectation> expectations, List<Stretch> loops) {

  /**
   * What a step must return, or load, each time.
   *
   * @param step index of the step
   */
  public record Expectation(int step, long value) {}

  /**
   * Steps that happen one after another, {@code times} times.
   *
   * @param first index of the first step
   * @param end index of the first step behind them
   */
  public record Stretch(int first, int end, int times) {}

  public Program {
    steps = List.copyOf(steps);
    expectations = List.copyOf(expectations);
    loops = List.copyOf(loops);
    if (memory < 8 || memory % Long.BYTES != 0) {
      throw new IllegalArgumentException("memory: expected a positive multiple of 8, got " + memory);
    }
    for (Step step : steps) {
      if (step.task() < 0 || step.task() >= tasks) {
        throw new IllegalArgumentException("task: expected 0 to %d, got %d".formatted(tasks - 1, step.task()));
      }
    }
  }

  /** A program without expectations and loops. */
  public Program(int memory, int tasks, List<Step> steps) {
    this(memory, tasks, steps, List.of(), List.of());
  }

  /** All steps in the order in which they happen: loops, and what lies between them. */
  public List<Stretch> stretches() {
    List<Stretch> all = new ArrayList<>();
    int next = 0;
    for (Stretch loop : loops) {
      if (loop.first() > next) {
        all.add(new Stretch(next, loop.first(), 1));
      }
      all.add(loop);
      next = loop.end();
    }
    if (next < steps.size()) {
      all.add(new Stretch(next, steps.size(), 1));
    }
    return all;
  }

  /**
   * The task that a call's first argument names: fork's and wait's.
   *
   * @throws IllegalArgumentException if it is no constant, or no task
   */
  public int taskOf(Step.Call call) {
    if (call.arguments().size() == 1 && call.arguments().getFirst() instanceof Operand.Constant constant
        && constant.value() > 0 && constant.value() < tasks) {
      return (int) constant.value();
    }
    throw new IllegalArgumentException(
        "%s: expected a task from 1 to %d as its only argument".formatted(call, tasks - 1));
  }

  /** One step a line, numbered as {@link Operand.Result} counts. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Stretch stretch : stretches()) {
      boolean loop = loops.contains(stretch);
      text.append(loop ? "repeat %d {%n".formatted(stretch.times()) : "");
      for (int i = stretch.first(); i < stretch.end(); i++) {
        text.append("$%-3d %s%n".formatted(i, steps.get(i)));
      }
      text.append(loop ? "}\n" : "");
    }
    return text.toString();
  }
}
