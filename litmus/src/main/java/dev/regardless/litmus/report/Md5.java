package dev.regardless.litmus.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * MD5 as RFC 1321 defines it. The JDK has it too, behind the search for a provider of cryptography, which takes longer
 * than the rest of a run on one small test.
 */
final class Md5 {
  private static final int BLOCK = 64;
  private static final int[] ROTATIONS = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
  /** RFC 1321, 3.4: the integer parts of 2^32 times the absolute sines of 1 to 64. */
  private static final int[] SINES = sines();

  private Md5() {}

  private static int[] sines() {
    int[] sines = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      sines[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << 32));
    }
    return sines;
  }

  /** The 16 bytes of a text of Latin-1 characters. */
  static byte[] digest(String text) {
    return digest(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The 16 bytes of a message. */
  static byte[] digest(byte[] message) {
    int blocks = (message.length + 8) / BLOCK + 1;
    byte[] padded = Arrays.copyOf(message, blocks * BLOCK);
    padded[message.length] = (byte) 0x80;
    ByteBuffer buffer = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded.length - Long.BYTES, 8L * message.length);
    int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    int[] words = new int[16];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < words.length; i++) {
        words[i] = buffer.getInt(block * BLOCK + i * Integer.BYTES);
      }
      add(state, words);
    }
    ByteBuffer result = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : state) {
      result.putInt(word);
    }
    return result.array();
  }

  private static void add(int[] state, int[] words) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    for (int i = 0; i < BLOCK; i++) {
      int mixed;
      int word;
      switch (i / 16) {
        case 0 -> {
          mixed = (b & c) | (~b & d);
          word = i;
        }
        case 1 -> {
          mixed = (d & b) | (~d & c);
          word = 5 * i + 1;
        }
        case 2 -> {
          mixed = b ^ c ^ d;
          word = 3 * i + 5;
        }
        default -> {
          mixed = c ^ (b | ~d);
          word = 7 * i;
        }
      }
      int sum = a + mixed + SINES[i] + words[word & 15];
      a = d;
      d = c;
      c = b;
      b += Integer.rotateLeft(sum, ROTATIONS[i / 16 * 4 + i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
}
