package dev.regardless.memory;

import dev.regardless.machine.Access;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import org.jspecify.annotations.Nullable;

/**
 * A pointer: a location that holds the number of a {@link KernelObject}, or 0 for null. Accesses to an object through a
 * reference read here are address-dependent on that read.
 *
 * <p>What is read may be null, as any C pointer may, and is deliberately not annotated so: kernel code that dereferences
 * it without looking faults, and the engine reports that as {@link
 * dev.regardless.machine.PropertyKind#NULL_DEREFERENCE}.
 */
public final class RefCell<T extends KernelObject> {

  private final KernelPrimitives primitives;
  private final Machine machine;
  private final Memory memory;
  private final Class<T> type;
  private final int location;

  /** A pointer that is null at first. */
  public RefCell(CellFactory cells, String field, Class<T> type) {
    this.machine = cells.machine();
    this.primitives = machine.primitives();
    this.memory = cells.memory();
    this.type = type;
    this.location = cells.location(field, true);
  }

  public int location() {
    return location;
  }

  /** A plain read. */
  public T read() {
    return resolve(primitives.read(location));
  }

  /** A plain write. */
  public void write(@Nullable T target) {
    primitives.write(location, number(target));
  }

  /** READ_ONCE; also rcu_dereference. */
  public T readOnce() {
    return resolve(primitives.readOnce(location));
  }

  /** Spins with READ_ONCE until the pointer is another than {@code target}, which it then returns. */
  public T awaitOtherThan(T target) {
    return resolve(machine.await(location, AwaitCondition.NOT_EQUAL, number(target), Access.ONCE));
  }

  /** WRITE_ONCE. */
  public void writeOnce(@Nullable T target) {
    primitives.writeOnce(location, number(target));
  }

  /** smp_load_acquire. */
  public T loadAcquire() {
    return resolve(primitives.loadAcquire(location));
  }

  /** smp_store_release; also rcu_assign_pointer. */
  public void storeRelease(@Nullable T target) {
    primitives.storeRelease(location, number(target));
  }

  /** xchg. */
  public T exchange(@Nullable T target, Ordering ordering) {
    return resolve(primitives.exchange(location, number(target), ordering));
  }

  /** cmpxchg: true if the pointer was {@code expected} and now is {@code target}. */
  public boolean compareAndSet(@Nullable T expected, @Nullable T target, Ordering ordering) {
    long old = number(expected);
    return primitives.compareExchange(location, old, number(target), ordering) == old;
  }

  /** Whether the pointer, read plainly, is {@code target}: no dereference, so no dependency. */
  public boolean refersTo(@Nullable T target) {
    return primitives.read(location) == number(target);
  }

  private static long number(@Nullable KernelObject target) {
    return target == null ? 0 : target.number();
  }

  @SuppressWarnings("NullAway") // see the class comment
  private T resolve(long value) {
    if (value == 0) {
      return null;
    }
    if (value <= 0 || value >= memory.objects()) {
      // Poison that a configuration chose not to stop at: dereferencing it faults as a wild pointer would.
      throw new WildPointerException(memory.nameOf(location), value);
    }
    T target = type.cast(memory.object(value));
    machine.referenceLoaded(target.owner());
    return target;
  }
}
