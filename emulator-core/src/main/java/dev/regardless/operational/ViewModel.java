package dev.regardless.operational;

import dev.regardless.isa.FenceKind;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The rules of a view-based memory (Pulte, Pichon-Pharabod, Kang, Lee, Hur, "Promising-ARM/RISC-V", PLDI 2019). Memory is
 * a list of writes, numbered by time from 1; time 0 is the initial state. A view is a time before which everything is
 * known; each register has views ({@link #width} numbers, at {@code views[register * width()]}), and each thread a state
 * of {@link #stateSize} numbers, all 0 at the start.
 *
 * <p>Implementations are stateless. Register numbers passed as {@code address}, {@code data}, {@code pick} may be -1 for
 * none.
 */
public interface ViewModel {
  /** The model's name: {@code armv8}. */
  String name();

  /** How many numbers the view of a register has. */
  int width();

  /** How many numbers a thread's state has if there are {@code cells} memory cells. */
  int stateSize(int cells);

  /** The views of a register that is computed from others. */
  default void join(int[] views, int result, int first, int second, int third) {
    int width = width();
    for (int part = 0; part < width; part++) {
      int joined = first < 0 ? 0 : views[first * width + part];
      joined = second < 0 ? joined : Math.max(joined, views[second * width + part]);
      joined = third < 0 ? joined : Math.max(joined, views[third * width + part]);
      views[result * width + part] = joined;
    }
  }

  /** The views of a register that is one of several, chosen because of another register. */
  void select(int[] views, int result, int first, int pick);

  /** A branch whose condition or target is in a register. */
  void branch(int[] state, int[] views, int condition);

  /** A fence. */
  void fence(int[] state, FenceKind fence);

  /**
   * The time that a read must know about: it may return the newest write of its cell up to that time, or a later one.
   */
  int readFloor(int[] state, int cell, int annotations, int[] views, int address);

  /** A read of the write of this time; sets the views of the result. */
  void read(int[] state, int cell, int time, int annotations, int[] views, int address, int result);

  /** The time that a write must be later than. */
  int writeFloor(int[] state, int cell, int annotations, int[] views, int address, int data, int pick);

  /** A write that takes this time. */
  void write(int[] state, int cell, int time, int annotations, int[] views, int address, int data, int pick);

  /** The instruction is over: what it did, and what it read into registers, concerns the following ones from now on. */
  void endInstruction(int[] state, int[] views);

  /** The model with this name. */
  static Optional<ViewModel> named(String name) {
    for (ViewModel model : ServiceLoader.load(ViewModel.class)) {
      if (model.name().equalsIgnoreCase(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
