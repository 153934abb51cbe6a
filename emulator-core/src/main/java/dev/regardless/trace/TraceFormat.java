package dev.regardless.trace;

import java.util.zip.CRC32C;

/**
 * The layout of a trace file, big-endian: magic, format number, header (length, UTF-8 version and configuration, CRC),
 * then blocks (raw length, compressed length, CRC-32C of the compressed bytes, deflated LEB128 numbers), then an empty
 * block that holds the number of answers and the digest of the run's summary.
 */
final class TraceFormat {

  static final long MAGIC = 0x5265676172646c73L; // "Regardls"
  static final int VERSION = 1;
  static final int BLOCK = 1 << 16;
  /** Longest header that is believed: larger ones are damage. */
  static final int MAXIMUM_HEADER = 1 << 24;
  static final int DIGEST_BYTES = 32;

  private TraceFormat() {}

  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
