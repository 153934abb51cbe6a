package dev.regardless.vfs.program;

import java.util.List;
import java.util.stream.Collectors;

/** One thing that one task of a program does. */
public sealed interface Step {

  /** Index of the task, from 0. */
  int task();

  /**
   * A system call.
   *
   * @param name as in Linux, e.g. {@code io_submit}
   * @param arguments at most six
   * @param outputs stretches of the program's memory that the call may write, to be looked at when it has returned
   * @param waits whether it may sleep until a later step; the next step begins when it does
   */
  record Call(int task, String name, List<Operand> arguments, List<Stretch> outputs, boolean waits) implements Step {

    public Call {
      arguments = List.copyOf(arguments);
      outputs = List.copyOf(outputs);
      if (arguments.size() > 6) {
        throw new IllegalArgumentException(name + ": a system call has six arguments at most");
      }
    }

    @Override
    public String toString() {
      return "%d: %s%s(%s)%s".formatted(
          task,
          waits ? "start " : "",
          name,
          arguments.stream().map(Operand::toString).collect(Collectors.joining(", ")),
          outputs.stream().map(Stretch::toString).collect(Collectors.joining()));
    }
  }

  /** A store of the low {@code bytes} (1, 2, 4 or 8) bytes of a value, by the program itself, to memory that is mapped. */
  record Store(int task, Operand address, int bytes, Operand value) implements Step {
    @Override
    public String toString() {
      return "%d: u%d %s = %s".formatted(task, 8 * bytes, address, value);
    }
  }

  /** A load of {@code bytes} (1, 2, 4 or 8) bytes, zero-extended, by the program itself, from memory that is mapped. */
  record Load(int task, Operand address, int bytes) implements Step {
    @Override
    public String toString() {
      return "%d: u%d %s".formatted(task, 8 * bytes, address);
    }
  }

  /** A stretch of the program's memory: 8-byte words from {@code offset}, a multiple of 8. */
  record Stretch(int offset, int words) {
    @Override
    public String toString() {
      return " -> &%d x %d".formatted(offset, words);
    }
  }
}
