package dev.regardless.tests.live;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps programs, shrunk ones above all, from the descriptors of the process that they run in: those that a call finds in
 * memory are replaced by one that is never open, and put back after the call.
 */
final class Guard {

  /** Beyond every descriptor that is open, and not negative: poll(2) has other plans for those. */
  static final int NEVER_OPEN = 1_000_000;

  private static final ValueLayout.OfInt HALF = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int IOCB_BYTES = 64;
  private static final int FILDES = 20;
  private static final int RESFD = 60;

  private final MemorySegment memory;

  Guard(MemorySegment memory, long base) {
    this.memory = memory;
    if (memory.address() != base) {
      throw new IllegalArgumentException("the program's memory is elsewhere");
    }
  }

  static int descriptor(int wanted) {
    return wanted >= 0 && wanted < LiveProgram.FIRST_DESCRIPTOR ? NEVER_OPEN : wanted;
  }

  /** Where poll(2) will look for descriptors. */
  static List<Long> pollfds(long base, MemorySegment memory, long[] arguments) {
    List<Long> places = new ArrayList<>();
    long first = arguments[0] - base;
    for (long i = 0; i < Math.min(arguments[1], 1024); i++) {
      add(places, first + i * 8, memory);
    }
    return places;
  }

  /** Where io_submit will look for descriptors. */
  static List<Long> iocbs(long base, MemorySegment memory, long[] arguments) {
    List<Long> places = new ArrayList<>();
    for (long i = 0; i < Math.min(arguments[1], 1024); i++) {
      long pointer = arguments[2] - base + i * 8;
      if (pointer < 0 || pointer + 8 > memory.byteSize()) {
        break;
      }
      long iocb = memory.get(WORD, pointer) - base;
      if (iocb >= 0 && iocb + IOCB_BYTES <= memory.byteSize()) {
        add(places, iocb + FILDES, memory);
        add(places, iocb + RESFD, memory);
      }
    }
    return places;
  }

  private static void add(List<Long> places, long offset, MemorySegment memory) {
    if (offset >= 0 && offset + 4 <= memory.byteSize() && !places.contains(offset)
        && descriptor(memory.get(HALF, offset)) == NEVER_OPEN) {
      places.add(offset);
    }
  }

  /** Makes a call with the descriptors at these places out of reach. */
  long around(List<Long> places, LongSupplier call) {
    int[] before = places.stream().mapToInt(place -> memory.get(HALF, place)).toArray();
    places.forEach(place -> memory.set(HALF, place, NEVER_OPEN));
    long result = call.getAsLong();
    for (int i = 0; i < before.length; i++) {
      memory.set(HALF, places.get(i), before[i]);
    }
    return result;
  }
}
