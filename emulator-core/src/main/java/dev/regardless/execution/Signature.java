package dev.regardless.execution;

import dev.regardless.machine.AwaitCondition;

/**
 * What an instruction asks for, packed into one number so that a replayed event is compared with the recorded one at
 * once: kind of event, awaited condition, access bits, fences executed since the thread's previous event.
 */
public final class Signature {

  /** A load, or the reading half of a read-modify-write. */
  public static final int READ = 0;
  /** A store, or the writing half of a read-modify-write. */
  public static final int WRITE = 1;
  /** The start of another thread. */
  public static final int SPAWN = 2;

  /** The end of an RCU grace period that the thread waited for. */
  public static final int GRACE_PERIOD = 3;

  /** The event is inside an RCU read-side critical section. */
  public static final int IN_SECTION = 1 << 29;
  /** A critical section began between the thread's previous event and this one. */
  public static final int NEW_SECTION = 1 << 30;

  /** The read of an atomic update that writes whatever it read, or, if it waits, whenever the wait is over. */
  public static final int ALWAYS_WRITES = 1 << 31;

  /** Number of fences that an architecture may have. */
  private static final int MAXIMUM_FENCES = 14;

  private static final int KIND = 3;
  private static final int CONDITION = 2;
  private static final int ACCESS = 5;
  private static final int FENCES = 13;
  private static final int ATOMIC = 1 << 28;
  private static final AwaitCondition[] CONDITIONS = AwaitCondition.values();

  private Signature() {}

  /** A signature; {@code fences} has bit {@code n} set if fence {@code n} was executed just before. */
  public static int of(int kind, int access, int fences) {
    return kind | (access << ACCESS) | (fences << FENCES);
  }

  /** The same for a read that waits. */
  public static int awaiting(int signature, AwaitCondition condition) {
    return signature | ((condition.ordinal() + 1) << CONDITION);
  }

  /** The same for half of a read-modify-write (a compare-and-swap that fails included). */
  public static int atomic(int signature) {
    return signature | ATOMIC;
  }

  public static int kind(int signature) {
    return signature & KIND;
  }

  public static boolean isRead(int signature) {
    return (signature & KIND) == READ;
  }

  public static boolean isWrite(int signature) {
    return (signature & KIND) == WRITE;
  }

  public static boolean isAtomic(int signature) {
    return (signature & ATOMIC) != 0;
  }

  /** Whether all of {@code bits} of {@link dev.regardless.machine.Access} are set. */
  public static boolean hasAccess(int signature, int bits) {
    return ((signature >> ACCESS) & bits) == bits;
  }

  public static int access(int signature) {
    return (signature >> ACCESS) & 0xff;
  }

  /** Set of fences executed between the thread's previous event and this one. */
  public static int fences(int signature) {
    return (signature >> FENCES) & ((1 << MAXIMUM_FENCES) - 1);
  }

  /** Whether the event reads or writes a location. */
  public static boolean isAccess(int signature) {
    return (signature & KIND) <= WRITE;
  }

  public static boolean isGracePeriod(int signature) {
    return (signature & KIND) == GRACE_PERIOD;
  }

  /** The same for a grace period that never ends, because a reader stays inside its section. */
  public static int endless(int signature) {
    return signature | ATOMIC;
  }

  /** Whether the event is a grace period that never ends: its thread waits for ever. */
  public static boolean isEndless(int signature) {
    return (signature & (KIND | ATOMIC)) == (GRACE_PERIOD | ATOMIC);
  }

  public static boolean isAwait(int signature) {
    return ((signature >> CONDITION) & 7) != 0;
  }

  /** The awaited condition of a read for which {@link #isAwait} holds. */
  public static AwaitCondition condition(int signature) {
    return CONDITIONS[((signature >> CONDITION) & 7) - 1];
  }
}
