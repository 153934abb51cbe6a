package dev.regardless.machine;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An architecture's primitives with some of them broken on purpose: a named barrier does nothing, a named access or
 * atomic operation loses its order but keeps its effect. For mutants, and for seeing what a barrier is good for.
 */
public final class WeakenedPrimitives implements KernelPrimitives {

  /** What can be broken; named as in the kernel, in lower case. */
  private enum Name {
    SMP_MB,
    SMP_RMB,
    SMP_WMB,
    SMP_STORE_MB,
    SMP_MB__BEFORE_ATOMIC,
    SMP_MB__AFTER_ATOMIC,
    SMP_MB__AFTER_SPINLOCK,
    /** Also what makes refcount_dec_and_test acquire when it reaches zero. */
    SMP_ACQUIRE__AFTER_CTRL_DEP,
    SMP_LOAD_ACQUIRE,
    SMP_STORE_RELEASE,
    ATOMIC_FETCH,
    ATOMIC_FETCH_ACQUIRE,
    ATOMIC_FETCH_RELEASE,
    XCHG,
    XCHG_ACQUIRE,
    XCHG_RELEASE,
    CMPXCHG,
    CMPXCHG_ACQUIRE,
    CMPXCHG_RELEASE,
    TEST_AND_SET_BIT,
    TEST_AND_CLEAR_BIT,
    TEST_AND_SET_BIT_LOCK,
    CLEAR_BIT_UNLOCK,
    SPIN_LOCK,
    SPIN_TRYLOCK,
    SPIN_UNLOCK;

    final String text = name().toLowerCase(Locale.ROOT);
  }

  private final KernelPrimitives original;
  private final Machine machine;
  private final Set<Name> weakened;

  private WeakenedPrimitives(KernelPrimitives original, Machine machine, Set<Name> weakened) {
    this.original = original;
    this.machine = machine;
    this.weakened = weakened;
  }

  /**
   * Breaks the primitives of those names; {@code original} itself if there are none.
   *
   * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
   */
  public static KernelPrimitives of(KernelPrimitives original, Machine machine, Collection<String> names) {
    Set<Name> weakened = EnumSet.noneOf(Name.class);
    for (String name : names) {
      weakened.add(
          Stream.of(Name.values())
              .filter(known -> known.text.equals(name))
              .findAny()
              .orElseThrow(
                  () -> new IllegalArgumentException(
                      "unknown primitive '%s'; expected one of %s".formatted(name, String.join(", ", known())))));
    }
    return weakened.isEmpty() ? original : new WeakenedPrimitives(original, machine, weakened);
  }

  /** Names of all primitives that can be broken, in the order of {@link KernelPrimitives}. */
  public static Set<String> known() {
    return Stream.of(Name.values())
        .map(name -> name.text)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  private boolean broken(Name name) {
    return weakened.contains(name);
  }

  private Ordering left(Ordering ordering, Name full, Name acquire, Name release) {
    boolean lost = switch (ordering) {
      case RELAXED -> false;
      case ACQUIRE -> broken(acquire);
      case RELEASE -> broken(release);
      case FULL -> broken(full);
    };
    return lost ? Ordering.RELAXED : ordering;
  }

  @Override
  public long read(int location) {
    return original.read(location);
  }

  @Override
  public void write(int location, long value) {
    original.write(location, value);
  }

  @Override
  public long readOnce(int location) {
    return original.readOnce(location);
  }

  @Override
  public void writeOnce(int location, long value) {
    original.writeOnce(location, value);
  }

  @Override
  public long loadAcquire(int location) {
    return broken(Name.SMP_LOAD_ACQUIRE) ? original.readOnce(location) : original.loadAcquire(location);
  }

  @Override
  public void storeRelease(int location, long value) {
    if (broken(Name.SMP_STORE_RELEASE)) {
      original.writeOnce(location, value);
    } else {
      original.storeRelease(location, value);
    }
  }

  @Override
  public void smpMb() {
    if (!broken(Name.SMP_MB)) {
      original.smpMb();
    }
  }

  @Override
  public void smpRmb() {
    if (!broken(Name.SMP_RMB)) {
      original.smpRmb();
    }
  }

  @Override
  public void smpWmb() {
    if (!broken(Name.SMP_WMB)) {
      original.smpWmb();
    }
  }

  @Override
  public void smpStoreMb(int location, long value) {
    if (broken(Name.SMP_STORE_MB)) {
      original.writeOnce(location, value);
    } else {
      original.smpStoreMb(location, value);
    }
  }

  @Override
  public void smpMbBeforeAtomic() {
    if (!broken(Name.SMP_MB__BEFORE_ATOMIC)) {
      original.smpMbBeforeAtomic();
    }
  }

  @Override
  public void smpMbAfterAtomic() {
    if (!broken(Name.SMP_MB__AFTER_ATOMIC)) {
      original.smpMbAfterAtomic();
    }
  }

  @Override
  public void smpMbAfterSpinlock() {
    if (!broken(Name.SMP_MB__AFTER_SPINLOCK)) {
      original.smpMbAfterSpinlock();
    }
  }

  @Override
  public void smpAcquireAfterControlDependency() {
    if (!broken(Name.SMP_ACQUIRE__AFTER_CTRL_DEP)) {
      original.smpAcquireAfterControlDependency();
    }
  }

  @Override
  public void atomic(int location, RmwOperation operation, long operand) {
    original.atomic(location, operation, operand);
  }

  @Override
  public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
    Ordering left = left(ordering, Name.ATOMIC_FETCH, Name.ATOMIC_FETCH_ACQUIRE, Name.ATOMIC_FETCH_RELEASE);
    return original.fetch(location, operation, operand, left);
  }

  @Override
  public long exchange(int location, long value, Ordering ordering) {
    return original.exchange(location, value, left(ordering, Name.XCHG, Name.XCHG_ACQUIRE, Name.XCHG_RELEASE));
  }

  @Override
  public long compareExchange(int location, long expected, long desired, Ordering ordering) {
    Ordering left = left(ordering, Name.CMPXCHG, Name.CMPXCHG_ACQUIRE, Name.CMPXCHG_RELEASE);
    return original.compareExchange(location, expected, desired, left);
  }

  @Override
  public boolean testAndSetBit(int location, int bit) {
    return broken(Name.TEST_AND_SET_BIT)
        ? isSet(original.fetch(location, RmwOperation.OR, 1L << bit, Ordering.RELAXED), bit)
        : original.testAndSetBit(location, bit);
  }

  @Override
  public boolean testAndClearBit(int location, int bit) {
    return broken(Name.TEST_AND_CLEAR_BIT)
        ? isSet(original.fetch(location, RmwOperation.CLEAR, 1L << bit, Ordering.RELAXED), bit)
        : original.testAndClearBit(location, bit);
  }

  @Override
  public boolean testAndSetBitLock(int location, int bit) {
    return broken(Name.TEST_AND_SET_BIT_LOCK)
        ? isSet(original.fetch(location, RmwOperation.OR, 1L << bit, Ordering.RELAXED), bit)
        : original.testAndSetBitLock(location, bit);
  }

  private static boolean isSet(long value, int bit) {
    return (value >>> bit & 1) != 0;
  }

  @Override
  public void clearBitUnlock(int location, int bit) {
    if (broken(Name.CLEAR_BIT_UNLOCK)) {
      original.fetch(location, RmwOperation.CLEAR, 1L << bit, Ordering.RELAXED);
    } else {
      original.clearBitUnlock(location, bit);
    }
  }

  @Override
  public void spinLock(int location) {
    if (broken(Name.SPIN_LOCK)) {
      machine.awaitCompareExchange(location, 0, 1, Access.ONCE);
    } else {
      original.spinLock(location);
    }
  }

  @Override
  public boolean spinTryLock(int location) {
    return broken(Name.SPIN_TRYLOCK)
        ? original.compareExchange(location, 0, 1, Ordering.RELAXED) == 0
        : original.spinTryLock(location);
  }

  @Override
  public void spinUnlock(int location) {
    if (broken(Name.SPIN_UNLOCK)) {
      original.writeOnce(location, 0);
    } else {
      original.spinUnlock(location);
    }
  }
}
