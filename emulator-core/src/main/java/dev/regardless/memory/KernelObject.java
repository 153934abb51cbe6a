package dev.regardless.memory;

import dev.regardless.machine.Machine;

/**
 * A shell: an object whose mutable state is all in cells of the emulated memory and whose Java fields are final. Created
 * once and shared by all executions; may be embedded in another one, whose lifetime it shares then.
 */
public abstract class KernelObject {

  private final Memory memory;
  private final int number;
  private final KernelObject owner;
  private final String typeName;
  private final int firstLocation;
  private final CellFactory cells;

  protected KernelObject(CellFactory cells) {
    this.cells = cells;
    this.memory = cells.memory();
    this.typeName = cells.name();
    KernelObject enclosing = cells.enclosing();
    this.owner = enclosing == null ? this : enclosing.owner();
    this.number = cells.register(this);
    this.firstLocation = memory.locations();
  }

  /** The object's number: its value in a reference cell. */
  public final int number() {
    return number;
  }

  /** The top-level object that this one is embedded in, or itself: Linux's container_of. */
  public final KernelObject owner() {
    return owner;
  }

  public final Machine machine() {
    return memory.machine();
  }

  public final Memory memory() {
    return memory;
  }

  /** First location of a top-level object; the others follow without gap. */
  public final int firstLocation() {
    return firstLocation;
  }

  /** Number of locations of a top-level object, embedded structures included. */
  public final int locationCount() {
    return cells.cellsMade();
  }

  /** The kind of object, e.g. {@code aio_kiocb}. */
  public final String typeName() {
    return typeName;
  }

  /** Type and number, e.g. {@code aio_kiocb#3}. */
  public final String name() {
    return typeName + '#' + owner.number;
  }

  @Override
  public final String toString() {
    return cells.prefix().isEmpty() ? name() : name() + '.' + cells.prefix();
  }
}
