package dev.regardless.vfs;

/**
 * A piece of emulated user memory for one transfer (struct iov_iter), in 64-bit words, the unit of emulated memory. Offsets
 * and lengths are in bytes.
 */
public interface UserBuffer {

  /** Bytes wanted. */
  long length();

  /** Bytes from the start that can be touched; fewer than {@link #length} means a fault after them. */
  default long accessible() {
    return length();
  }

  /** Bytes from the start that can be stored to. */
  default long writable() {
    return accessible();
  }

  /** The 8 bytes at {@code offset}, a multiple of 8. */
  long load(long offset);

  /** Stores 8 bytes at {@code offset}, a multiple of 8. */
  void store(long offset, long value);

  /** A buffer of {@code bytes} bytes that always holds {@code value} in each word and forgets what is stored. */
  static UserBuffer constant(long bytes, long value) {
    return new UserBuffer() {
      @Override
      public long length() {
        return bytes;
      }

      @Override
      public long load(long offset) {
        return value;
      }

      @Override
      public void store(long offset, long stored) {
        // forgotten
      }
    };
  }
}
