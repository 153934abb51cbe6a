package dev.regardless.memory;

import dev.regardless.machine.KernelPrimitives;

/** One 64-bit location of the emulated memory. What each access means is said by {@link KernelPrimitives}. */
public final class LongCell {

  private final KernelPrimitives primitives;
  private final int location;

  /** A cell that holds 0 at first. */
  public LongCell(CellFactory cells, String field) {
    this(cells, field, 0);
  }

  /** {@code initial} holds for objects made at set-up; allocated ones start uninitialised. */
  public LongCell(CellFactory cells, String field, long initial) {
    this.primitives = cells.machine().primitives();
    this.location = cells.location(field, initial, false);
  }

  public int location() {
    return location;
  }

  /** A plain read. */
  public long read() {
    return primitives.read(location);
  }

  /** A plain write. */
  public void write(long value) {
    primitives.write(location, value);
  }

  /** READ_ONCE. */
  public long readOnce() {
    return primitives.readOnce(location);
  }

  /** WRITE_ONCE. */
  public void writeOnce(long value) {
    primitives.writeOnce(location, value);
  }

  /** smp_load_acquire. */
  public long loadAcquire() {
    return primitives.loadAcquire(location);
  }

  /** smp_store_release. */
  public void storeRelease(long value) {
    primitives.storeRelease(location, value);
  }

  /** smp_store_mb. */
  public void storeMb(long value) {
    primitives.smpStoreMb(location, value);
  }
}
