package dev.regardless.emulation;

import dev.regardless.machine.RmwOperation;

/**
 * The operational memory of one architecture: what hardware threads' accesses do, and which internal transitions (e.g.
 * a store buffer's drain) are enabled. All nondeterminism is drawn from the {@link Chooser} it was made with. Not
 * thread-safe.
 *
 * <p>Dependencies: {@code addressView} and {@code dataView} are opaque views returned earlier by {@link #lastView} (0:
 * depends on no read). Architectures without dependency order ignore them.
 */
public interface StorageSubsystem {

  /** No thread has done anything. Each location must be {@link #reset} before it is used again. */
  void restart();

  /** Makes room for locations below {@code locations}; new ones hold 0. */
  void ensureLocations(int locations);

  /** Forgets a location's history: from now on it holds {@code value} for everyone (initial values, allocation). */
  void reset(int location, long value);

  long load(int thread, int location, int access, long addressView);

  /**
   * A load that returns the newest value, as if it were made by somebody whom every write to the location has reached:
   * what the scheduler sees of a task's state under its run queue's lock.
   */
  long loadNewest(int thread, int location, int access);

  void store(int thread, int location, long value, int access, long addressView, long dataView);

  long readModifyWrite(
      int thread, int location, RmwOperation operation, long operand, int access, long addressView, long dataView);

  long compareExchange(
      int thread, int location, long expected, long desired, int access, long addressView, long dataView);

  /** False if the reservation made by the last exclusive load was lost; spurious failure is the engine's choice. */
  boolean storeExclusive(int thread, int location, long value, int access, long addressView, long dataView);

  /** Another task runs on the thread from now on: the reservation is lost, as at an exception's return (Arm ARM B2.9). */
  default void loseReservation(int thread) {
    // Most architectures have none.
  }

  void fence(int thread, int fence);

  /**
   * What to hand {@link #acquireAll} for another thread's further accesses to come after all that this thread did so far;
   * 0 if nothing need be. No barrier for the thread itself: its writes may still be delayed past its later reads.
   */
  long releaseAll(int thread);

  /** Orders everything the thread does from now on after what a thread had done at its {@link #releaseAll}. */
  void acquireAll(int thread, long released);

  /** A full barrier on every thread at once (inter-processor interrupts of an expedited grace period). */
  void fenceAll();

  /** The view of the value that the thread's last load or read-modify-write returned. */
  long lastView(int thread);

  /**
   * Whether the thread's last load or read-modify-write read the newest value that it can. If so, the same instruction
   * reads another one only when the location's {@link #version} has changed.
   */
  boolean lastLoadWasNewest(int thread);

  /** Number of internal transitions enabled for the thread. */
  int transitions(int thread);

  /** Performs internal transition {@code transition} ({@code 0 .. transitions(thread) - 1}). */
  void apply(int thread, int transition);

  /** The newest value of the location, as coherence has it. */
  long newest(int location);

  /** Changes exactly when {@link #newest} may have: upon a write that becomes the newest, and {@link #reset}. */
  long version(int location);

  /** The thread whose write {@link #newest} returns; -1 for an initial value. */
  int lastWriter(int location);

  /** How often a reader lost alternatives because its location's history was full. */
  long forcedForward();
}
