package dev.regardless.tests.live;

import dev.regardless.vfs.program.Operand;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program smaller as long as it still shows what it showed: leaves out steps, halves first. */
final class Shrinker {

  private Shrinker() {}

  static Program shrink(Program program, Predicate<Program> shows) {
    Program smallest = program;
    for (int size = Math.max(1, program.steps().size() / 2); size >= 1; size /= 2) {
      int at = smallest.steps().size() - size;
      while (at >= 0) {
        Program smaller = without(smallest, at, size);
        if (shows.test(smaller)) {
          smallest = smaller;
        }
        at -= size;
        at = Math.min(at, smallest.steps().size() - size);
      }
    }
    return smallest;
  }

  private static Program without(Program program, int first, int count) {
    List<Step> left = new ArrayList<>();
    for (int i = 0; i < program.steps().size(); i++) {
      if (i < first || i >= first + count) {
        left.add(renumbered(program.steps().get(i), first, count));
      }
    }
    return new Program(program.memory(), program.tasks(), left);
  }

  private static Step renumbered(Step step, int first, int count) {
    return switch (step) {
      case Step.Call call -> new Step.Call(
          call.task(), call.name(), call.arguments().stream().map(each -> renumbered(each, first, count)).toList(),
          call.outputs(), call.waits());
      case Step.Store store -> new Step.Store(
          store.task(), renumbered(store.address(), first, count), store.bytes(),
          renumbered(store.value(), first, count));
      case Step.Load load -> new Step.Load(load.task(), renumbered(load.address(), first, count), load.bytes());
    };
  }

  private static Operand renumbered(Operand operand, int first, int count) {
    if (!(operand instanceof Operand.Result result) || result.step() < first) {
      return operand;
    }
    return result.step() < first + count
        ? new Operand.Constant(-1)
        : new Operand.Result(result.step() - count, result.plus());
  }
}
