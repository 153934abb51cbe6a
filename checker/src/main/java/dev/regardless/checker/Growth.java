package dev.regardless.checker;

import dev.regardless.machine.PropertyKind;

/** What a {@link CheckedMachine} turns to when the running thread goes beyond what its graph has. */
interface Growth {

  Threads threads();

  Sections sections();

  Registers registers();

  /** The frame in use when the machine is made. */
  Frame frame();

  /**
   * Adds a read, chooses its source and returns its number.
   *
   * @throws Unwound if it waits for a value that it cannot read, or if this graph ends here
   */
  int addRead(int thread, int signature, int location, long operand, int dependency);

  /**
   * Adds a write and chooses its place in co; {@code partner} is the read of its read-modify-write.
   *
   * @throws Unwound if there is no place
   */
  void addWrite(int thread, int signature, int location, long value, int dependency, int partner);

  /** Adds the start of thread {@code child}. */
  void addSpawn(int thread, int signature, int child);

  /** Adds the end of a grace period, once all sections that it waits for have ended. */
  void addGracePeriod(int thread, int signature);

  /** The running thread went round a loop more often than it may; unwinds it. */
  void loopBound(int thread, int bound);

  /** A property is violated by what the graph and the running thread show. */
  void violation(PropertyKind kind, String message, int thread);

  /** The thread ended before an access that the graph has. */
  RuntimeException nondeterminism(int thread, int event, String found);

  /** The thread asks for another access than the one that the graph has. */
  RuntimeException nondeterminism(int thread, int event, int signature, int location, long value);
}
