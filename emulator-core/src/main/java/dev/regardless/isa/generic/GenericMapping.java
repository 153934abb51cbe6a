package dev.regardless.isa.generic;

import dev.regardless.plugin.Providers;
import java.util.List;

/** How one architecture does generic operations; found by {@code ServiceLoader}. */
public interface GenericMapping {
  /** How many generic registers a thread has. */
  int REGISTERS = 6;

  /** How many variables a thread may name. */
  int VARIABLES = 12;

  /** The word that heads a litmus test of the architecture. */
  String architecture();

  /** The name of a generic register; names sort, in the architecture's register order, as the numbers do. */
  String register(int number);

  /**
   * The instructions of one thread.
   *
   * @param thread     its number; labels that differ between threads may be made from it
   * @param operations in program order
   */
  Mapped map(int thread, List<GenericOperation> operations);

  /**
   * A thread in assembly.
   *
   * @param initial lines of the initial state, such as {@code 0:X1=x}
   * @param code    the cells of its column
   */
  record Mapped(List<String> initial, List<String> code) {}

  /** The mappings on the class path, by architecture. */
  static List<GenericMapping> all() {
    return Providers.ordered(GenericMapping.class, GenericMapping::architecture);
  }
}
