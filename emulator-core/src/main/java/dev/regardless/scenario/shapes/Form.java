package dev.regardless.scenario.shapes;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Ordering;
import dev.regardless.memory.LongCell;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a shape's accesses are made and kept in order. */
enum Form {
  /** READ_ONCE and WRITE_ONCE, nothing between. */
  PLAIN,
  /** READ_ONCE and WRITE_ONCE with the barrier for the two kinds of access between. */
  BARRIERS,
  /** smp_load_acquire and smp_store_release. */
  RELEASE_ACQUIRE,
  /** READ_ONCE, and a fully ordered xchg for each write. */
  EXCHANGE;

  /** As configuration has it, e.g. {@code release-acquire}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The form of that id.
   *
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  static Form of(String id) {
    return Stream.of(values()).filter(form -> form.id().equals(id)).findAny()
        .orElseThrow(() -> new IllegalArgumentException("parameter form: expected one of %s, got '%s'"
            .formatted(Stream.of(values()).map(Form::id).collect(Collectors.joining(", ")), id)));
  }

  long read(LongCell cell) {
    return this == RELEASE_ACQUIRE ? cell.loadAcquire() : cell.readOnce();
  }

  void write(KernelPrimitives primitives, LongCell cell, long value) {
    switch (this) {
      case PLAIN, BARRIERS -> cell.writeOnce(value);
      case RELEASE_ACQUIRE -> cell.storeRelease(value);
      case EXCHANGE -> primitives.exchange(cell.location(), value, Ordering.FULL);
    }
  }

  /** What is between an access and the next one of the same thread. */
  void between(KernelPrimitives primitives, boolean firstReads, boolean secondReads) {
    if (this != BARRIERS) {
      return;
    }
    if (firstReads && secondReads) {
      primitives.smpRmb();
    } else if (!firstReads && !secondReads) {
      primitives.smpWmb();
    } else {
      primitives.smpMb();
    }
  }
}
