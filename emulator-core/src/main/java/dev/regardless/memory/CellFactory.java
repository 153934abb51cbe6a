package dev.regardless.memory;

import dev.regardless.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * Lays out the cells of one object, contiguously. An object's constructor takes one, hands it to {@link
 * KernelObject#KernelObject} first, and then makes its cells and embedded structures with it.
 */
public final class CellFactory {

  private final Memory memory;
  private final String name;
  private final String prefix;
  private final long initial;
  private final @Nullable KernelObject enclosing;
  private final int[] shared;

  /** A top-level object; {@code initial} is the value that its cells start with. */
  CellFactory(Memory memory, String name, long initial) {
    // shared: number of the top-level object, cells made so far
    this(memory, name, "", initial, null, new int[2]);
  }

  private CellFactory(
      Memory memory, String name, String prefix, long initial, @Nullable KernelObject enclosing, int[] shared) {
    this.memory = memory;
    this.name = name;
    this.prefix = prefix;
    this.initial = initial;
    this.enclosing = enclosing;
    this.shared = shared;
  }

  /** For a structure embedded in {@code outer} as {@code field}. */
  public CellFactory embedded(KernelObject outer, String field) {
    return new CellFactory(memory, name, prefix + field + '.', initial, outer, shared);
  }

  public Machine machine() {
    return memory.machine();
  }

  Memory memory() {
    return memory;
  }

  String name() {
    return name;
  }

  String prefix() {
    return prefix;
  }

  @Nullable
  KernelObject enclosing() {
    return enclosing;
  }

  int register(KernelObject object) {
    int number = memory.register(object);
    if (enclosing == null) {
      shared[0] = number;
    }
    return number;
  }

  int cellsMade() {
    return shared[1];
  }

  /** A new location holding the factory's initial value. */
  int location(String field, boolean reference) {
    boolean newLine = shared[1]++ % Memory.CELLS_PER_LINE == 0;
    return memory.newLocation(shared[0], prefix + field, initial, reference, newLine);
  }

  /** As {@link #location(String, boolean)} with a value that only set-up objects keep. */
  int location(String field, long value, boolean reference) {
    int location = location(field, reference);
    if (initial != Memory.UNINITIALISED) {
      memory.initialise(location, value);
    }
    return location;
  }
}
