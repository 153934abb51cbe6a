package dev.regardless.vfs;

/** A stretch of a process's memory as one transfer's buffer: import_ubuf. */
public final class UserRegion implements UserBuffer {

  private static final int PAGE = 4096;

  private final UserSpace space;
  private final long address;
  private final long length;

  /** {@code length} bytes from {@code address}, mapped or not. */
  public UserRegion(UserSpace space, long address, long length) {
    this.space = space;
    this.address = address;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long accessible() {
    return space.accessible(address, length);
  }

  @Override
  public long writable() {
    return space.writable(address, length);
  }

  @Override
  public boolean isDeviceAligned(long offset, long bytes, int alignment) {
    return isDeviceAlignedAt(address + offset, bytes, alignment);
  }

  /** {@link UserBuffer#isDeviceAligned} for a buffer in one piece; its length is a multiple of the device's block. */
  public static boolean isDeviceAlignedAt(long address, long bytes, int alignment) {
    return address % alignment == 0 || address % PAGE + bytes <= PAGE;
  }

  @Override
  public long load(long offset) {
    return load(space, address, length, offset);
  }

  @Override
  public void store(long offset, long value) {
    store(space, address, length, offset, value);
  }

  /** The 8 bytes at {@code offset} of a buffer, or as many as belong to it. */
  public static long load(UserSpace space, long address, long length, long offset) {
    int bytes = (int) space.accessible(address + offset, Math.min(Long.BYTES, length - offset));
    return bytes == 0 ? 0 : space.load(address + offset, bytes);
  }

  /** Stores 8 bytes at {@code offset} of a buffer, or as many as belong to it. */
  public static void store(UserSpace space, long address, long length, long offset, long value) {
    int bytes = (int) space.writable(address + offset, Math.min(Long.BYTES, length - offset));
    if (bytes != 0) {
      space.store(address + offset, bytes, value);
    }
  }
}
