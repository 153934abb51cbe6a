package dev.regardless.tests.memory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads of instructions over locations x, y, z, all 0 at first; printed and read as {@code Wx=1 Ry | Wy=1 Rx}. */
record Program(List<List<Instruction>> threads) {

  static final int LOCATIONS = 3;

  static Program parse(String text) {
    return new Program(Stream.of(text.split("\\|"))
        .map(thread -> Arrays.stream(thread.trim().split(" +")).map(Instruction::parse).toList()).toList());
  }

  /** Number of instructions of all threads. */
  int size() {
    return threads.stream().mapToInt(List::size).sum();
  }

  /**
   * What an outcome consists of: the value read by each reading instruction, thread by thread, and the final value of
   * each location.
   */
  int outcomeSize() {
    int reads = 0;
    for (List<Instruction> thread : threads) {
      for (Instruction instruction : thread) {
        reads += instruction.kind().reads ? 1 : 0;
      }
    }
    return reads + LOCATIONS;
  }

  @Override
  public String toString() {
    return threads.stream()
        .map(thread -> thread.stream().map(Instruction::toString).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" | "));
  }
}
