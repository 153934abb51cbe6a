package dev.regardless.vfs;

import dev.regardless.memory.LongCell;

/**
 * copy_to_iter and copy_from_iter between user buffers and rows of kernel cells, little-endian, any alignment. Whole words
 * go in one access, the rest byte by byte. Results are bytes copied, fewer than asked for after a fault.
 */
public final class UserCopy {

  private static final int WORD = Long.BYTES;

  private UserCopy() {}

  /**
   * Copies from user memory into {@code words}. A kernel word whose first byte is written forgets its old content, so rows
   * must be filled in ascending order.
   */
  public static long fromUser(UserBuffer from, long userOffset, LongCell[] words, long offset, long bytes) {
    long count = Math.min(bytes, Math.max(0, from.accessible() - userOffset));
    long done = 0;
    while (done < count) {
      long user = userOffset + done;
      long kernel = offset + done;
      LongCell word = words[(int) (kernel / WORD)];
      if (user % WORD == 0 && kernel % WORD == 0 && count - done >= WORD) {
        word.write(from.load(user));
        done += WORD;
      } else {
        long old = kernel % WORD == 0 ? 0 : word.read();
        word.write(withByte(old, kernel % WORD, byteOf(from.load(user - user % WORD), user % WORD)));
        done++;
      }
    }
    return count;
  }

  /** Copies from {@code words} to user memory. */
  public static long toUser(UserBuffer to, long userOffset, LongCell[] words, long offset, long bytes) {
    long count = Math.min(bytes, Math.max(0, to.writable() - userOffset));
    long done = 0;
    while (done < count) {
      long user = userOffset + done;
      long kernel = offset + done;
      long value = words[(int) (kernel / WORD)].read();
      if (user % WORD == 0 && kernel % WORD == 0 && count - done >= WORD) {
        to.store(user, value);
        done += WORD;
      } else {
        long start = user - user % WORD;
        to.store(start, withByte(to.load(start), user % WORD, byteOf(value, kernel % WORD)));
        done++;
      }
    }
    return count;
  }

  /** copy_to_iter of one word: bytes stored, fewer than 8 after a fault. */
  public static int wordToUser(UserBuffer to, long value) {
    int bytes = (int) Math.min(WORD, to.writable());
    if (bytes > 0) {
      // A buffer keeps what is beyond its accessible bytes as it was.
      to.store(0, value);
    }
    return bytes;
  }

  private static long byteOf(long word, long index) {
    return (word >>> (8 * index)) & 0xff;
  }

  private static long withByte(long word, long index, long value) {
    return (word & ~(0xffL << (8 * index))) | (value << (8 * index));
  }
}
