package dev.regardless.execution;

/**
 * One event of an execution.
 *
 * @param thread index of its thread
 * @param index position in its thread, from 0
 * @param signature what the instruction asked for, see {@link Signature}
 * @param location what it accessed; for a {@link Signature#SPAWN} the index of the thread that it started,
 *     for a {@link Signature#GRACE_PERIOD} that of its own
 * @param value what it read or wrote
 * @param previous number (position in the execution's list) of the event before it in po: of its thread, or for a
 *     thread's first event the spawn that started it; -1 for none
 * @param readsFrom for a read: number of the write, or {@link Execution#INITIAL}
 * @param partner for a write of a read-modify-write: number of its read; otherwise -1
 * @param dependency number of the read that the accessed address depends on, or -1
 */
public record Event(
    int thread,
    int index,
    int signature,
    int location,
    long value,
    int previous,
    int readsFrom,
    int partner,
    int dependency) {

  public boolean isRead() {
    return Signature.isRead(signature);
  }

  public boolean isWrite() {
    return Signature.isWrite(signature);
  }

  public boolean isSpawn() {
    return Signature.kind(signature) == Signature.SPAWN;
  }

  public boolean isGracePeriod() {
    return Signature.isGracePeriod(signature);
  }

  /** Whether it reads or writes. */
  public boolean isAccess() {
    return Signature.isAccess(signature);
  }

  /** Whether all of {@code bits} of {@link dev.regardless.machine.Access} are set. */
  public boolean has(int bits) {
    return Signature.hasAccess(signature, bits);
  }
}
