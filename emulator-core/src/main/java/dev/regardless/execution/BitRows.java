package dev.regardless.execution;

import java.util.Arrays;

/**
 * A square matrix of bits that grows by one row and column at a time: row {@code e} is the set of events that precede
 * event {@code e}. A row is one word up to 64 events and more words beyond. Not thread-safe.
 */
final class BitRows {

  private long[] bits = new long[64];
  private int words = 1;
  private long[] saved = new long[64];
  private int savedWords;

  /** Makes room for events below {@code size}. */
  void ensure(int size) {
    int needed = (size + 63) >>> 6;
    if (needed > words) {
      widen(Math.max(needed, words * 2));
    }
    if (size * words > bits.length) {
      bits = Arrays.copyOf(bits, Math.max(size * words, bits.length * 2));
    }
  }

  private void widen(int wider) {
    int rows = bits.length / words;
    long[] result = new long[rows * wider];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bits, row * words, result, row * wider, words);
    }
    if (savedWords != 0) {
      widenSaved(wider);
    }
    bits = result;
    words = wider;
  }

  // Snapshots lie one after another, each of whole rows, so all of them widen row by row too.
  private void widenSaved(int wider) {
    int rows = savedWords / words;
    long[] result = new long[Math.max(saved.length, rows * wider)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(saved, row * words, result, row * wider, words);
    }
    saved = result;
    savedWords = rows * wider;
  }

  int words() {
    return words;
  }

  void clear(int row) {
    if (words == 1) {
      bits[row] = 0;
    } else {
      Arrays.fill(bits, row * words, (row + 1) * words, 0);
    }
  }

  boolean contains(int row, int event) {
    return (bits[row * words + (event >>> 6)] & 1L << event) != 0;
  }

  /** The only word of a row of a matrix that is one word wide; the {@code index}-th one in general. */
  long word(int row, int index) {
    return bits[row * words + index];
  }

  /** Puts {@code event} and all that precedes it before {@code row}. */
  void include(int row, int event) {
    if (words == 1) {
      bits[row] |= bits[event] | 1L << event;
      return;
    }
    int to = row * words;
    int from = event * words;
    for (int i = 0; i < words; i++) {
      bits[to + i] |= bits[from + i];
    }
    bits[to + (event >>> 6)] |= 1L << event;
  }

  /** Whether putting {@code event}'s past (and {@code event} itself, if {@code self}) before {@code next} changes its row. */
  boolean adds(int event, int next, boolean self) {
    if (self && !contains(next, event)) {
      return true;
    }
    for (int i = 0; i < words; i++) {
      if ((bits[event * words + i] & ~bits[next * words + i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** After the edge {@code event -> next}: everything from {@code next} on is after {@code event}; rows below {@code size}. */
  void propagate(int event, int next, int size) {
    if (words == 1) {
      long before = bits[event] | 1L << event;
      long bit = 1L << next;
      for (int row = 0; row < size; row++) {
        if ((bits[row] & bit) != 0) {
          bits[row] |= before;
        }
      }
      bits[next] |= before;
      return;
    }
    for (int row = 0; row < size; row++) {
      if (row == next || contains(row, next)) {
        include(row, event);
      }
    }
  }

  /** Number of bits in the rows below {@code size}. */
  long count(int size) {
    long count = 0;
    for (int i = 0; i < size * words; i++) {
      count += Long.bitCount(bits[i]);
    }
    return count;
  }

  /** Saves rows below {@code size}; {@link #restore} takes them back, last saved first. */
  void save(int size) {
    int count = size * words;
    if (savedWords + count > saved.length) {
      saved = Arrays.copyOf(saved, Math.max(savedWords + count, saved.length * 2));
    }
    System.arraycopy(bits, 0, saved, savedWords, count);
    savedWords += count;
  }

  void restore(int size) {
    int count = size * words;
    savedWords -= count;
    System.arraycopy(saved, savedWords, bits, 0, count);
  }

  void forgetSaved() {
    savedWords = 0;
  }

  /**
   * Becomes {@code source} without the events outside {@code kept}, renumbered densely.
   *
   * @param kept one bit for each event of the source
   * @param size number of events of the source
   */
  void compress(BitRows source, long[] kept, int size) {
    savedWords = 0;
    if (words < source.words) {
      words = source.words;
    }
    if (bits.length < size * words) {
      bits = new long[size * words];
    }
    if (words == 1) {
      compressNarrow(source, kept[0], size);
      return;
    }
    int to = 0;
    for (int row = 0; row < size; row++) {
      if ((kept[row >>> 6] & 1L << row) != 0) {
        compressRow(source, row, kept, to++ * words);
      }
    }
  }

  private void compressNarrow(BitRows source, long kept, int size) {
    // Most revisits keep a prefix whole; only bits above it move.
    int to = Math.min(Long.numberOfTrailingZeros(~kept), size);
    System.arraycopy(source.bits, 0, bits, 0, to);
    for (long rest = kept & ~low(to); rest != 0; rest &= rest - 1) {
      bits[to++] = Long.compress(source.bits[Long.numberOfTrailingZeros(rest)], kept);
    }
    for (int row = 0, whole = Long.numberOfTrailingZeros(~kept); row < whole && row < size; row++) {
      long word = bits[row];
      if ((word & ~low(whole)) != 0) {
        bits[row] = Long.compress(word, kept);
      }
    }
  }

  private static long low(int count) {
    return count >= 64 ? -1L : (1L << count) - 1;
  }

  private void compressRow(BitRows source, int row, long[] kept, int to) {
    Arrays.fill(bits, to, to + words, 0);
    int at = 0;
    for (int i = 0; i < source.words; i++) {
      long word = Long.compress(source.bits[row * source.words + i], kept[i]);
      int count = Long.bitCount(kept[i]);
      if (word != 0) {
        bits[to + (at >>> 6)] |= word << at;
        if ((at & 63) + count > 64) {
          bits[to + (at >>> 6) + 1] |= word >>> (64 - (at & 63));
        }
      }
      at += count;
    }
  }
}
