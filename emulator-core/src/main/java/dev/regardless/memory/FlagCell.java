package dev.regardless.memory;

import dev.regardless.machine.KernelPrimitives;

/** A boolean location: 0 is false, anything else true. */
public final class FlagCell {

  private final KernelPrimitives primitives;
  private final int location;

  /** A flag that is false at first. */
  public FlagCell(CellFactory cells, String field) {
    this.primitives = cells.machine().primitives();
    this.location = cells.location(field, false);
  }

  public int location() {
    return location;
  }

  /** A plain read. */
  public boolean read() {
    return primitives.read(location) != 0;
  }

  /** A plain write. */
  public void write(boolean value) {
    primitives.write(location, value ? 1 : 0);
  }

  /** READ_ONCE. */
  public boolean readOnce() {
    return primitives.readOnce(location) != 0;
  }

  /** WRITE_ONCE. */
  public void writeOnce(boolean value) {
    primitives.writeOnce(location, value ? 1 : 0);
  }

  /** smp_load_acquire. */
  public boolean loadAcquire() {
    return primitives.loadAcquire(location) != 0;
  }

  /** smp_store_release. */
  public void storeRelease(boolean value) {
    primitives.storeRelease(location, value ? 1 : 0);
  }
}
