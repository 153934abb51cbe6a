package dev.regardless.vfs.program;

import java.util.List;

/**
 * A user program of one process.
 *
 * @param memory bytes of the process's memory, zeroed, a multiple of 8; nothing is mapped behind it
 * @param tasks number of tasks, which share memory and descriptors
 * @param steps in the order in which they happen
 * @param expectations what some of the steps must return
 */
public record Program(int memory, int tasks, List<Step> steps, List<Expectation> expectations) {

  /**
   * What a step must return, or load.
   *
   * @param step index of the step
   */
  public record Expectation(int step, long value) {}

  public Program {
    steps = List.copyOf(steps);
    expectations = List.copyOf(expectations);
    if (memory < 8 || memory % Long.BYTES != 0) {
      throw new IllegalArgumentException("memory: expected a positive multiple of 8, got " + memory);
    }
    for (Step step : steps) {
      if (step.task() < 0 || step.task() >= tasks) {
        throw new IllegalArgumentException("task: expected 0 to %d, got %d".formatted(tasks - 1, step.task()));
      }
    }
  }

  /** A program without expectations. */
  public Program(int memory, int tasks, List<Step> steps) {
    this(memory, tasks, steps, List.of());
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
    for (int i = 0; i < steps.size(); i++) {
      text.append("$%-3d %s%n".formatted(i, steps.get(i)));
    }
    return text.toString();
  }
}
