package dev.regardless.tests.live;

import dev.regardless.vfs.program.Operand;
import dev.regardless.vfs.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random program in the making: its steps so far, the task that makes the next one, and what operands may be. */
class ProgramBuilder {

  final SplittableRandom random;
  final List<Step> steps = new ArrayList<>();

  /** Bytes of the program's memory. */
  int memory;

  /** Whose the next steps are. */
  int task;

  ProgramBuilder(long seed, int memory) {
    random = new SplittableRandom(seed);
    this.memory = memory;
  }

  /** A buffer that does not fit, or is not there. */
  final Operand buffer(long bytes) {
    return chance(50) ? place((int) (memory - bytes / 2)) : wild();
  }

  final Operand wild() {
    return pick(0, 8, -1, 0x7777_0000_0000L);
  }

  final boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  final long pickNumber(long... numbers) {
    return numbers[random.nextInt(numbers.length)];
  }

  final Operand pick(long... numbers) {
    return number(pickNumber(numbers));
  }

  static Operand number(long value) {
    return new Operand.Constant(value);
  }

  static Operand place(long offset) {
    return new Operand.Address((int) offset);
  }

  final void store(int offset, long value) {
    store(offset, number(value));
  }

  final void store(int offset, Operand value) {
    narrow(offset, 8, value);
  }

  final void narrow(int offset, int bytes, Operand value) {
    steps.add(new Step.Store(task, place(offset), bytes, value));
  }

  final int call(String name, Operand... arguments) {
    steps.add(new Step.Call(task, name, List.of(arguments), List.of(), false));
    return steps.size() - 1;
  }

  final void shown(int offset, int words, String name, Operand... arguments) {
    steps.add(new Step.Call(task, name, List.of(arguments), List.of(new Step.Stretch(offset, words)), false));
  }
}
