package dev.regardless.isa;

/**
 * Where an instruction stands, as a value that registers can hold: thread and index, spread out so that it does not look
 * like a number that a test computes with, and positive in 32 bits.
 */
public final class CodeAddress {
  private static final long BASE = 0x3B7C_0000L;
  private static final int THREAD_SHIFT = 14;
  private static final int INSTRUCTION_BYTES = 4;
  private static final long LIMIT = BASE + (512L << THREAD_SHIFT);

  private CodeAddress() {}

  /** The address of instruction {@code index} (from 0) of thread {@code thread} (its position in the test, from 0). */
  public static long of(int thread, int index) {
    return BASE + ((long) thread << THREAD_SHIFT) + (long) index * INSTRUCTION_BYTES;
  }

  /** Whether a value is a code address. */
  public static boolean isCode(long value) {
    return value >= BASE && value < LIMIT && value % INSTRUCTION_BYTES == 0;
  }

  /** The thread of a code address. */
  public static int thread(long address) {
    return (int) ((address - BASE) >> THREAD_SHIFT);
  }

  /** The index of a code address within its thread. */
  public static int index(long address) {
    return (int) ((address - BASE) & ((1 << THREAD_SHIFT) - 1)) / INSTRUCTION_BYTES;
  }
}
