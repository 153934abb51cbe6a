package dev.regardless.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.input.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {

  private static final TraceHeader HEADER = new TraceHeader("1.2.3", "{\"seed\": 4}");
  private static final byte[] DIGEST = new byte[32];

  static {
    Arrays.fill(DIGEST, (byte) 7);
  }

  @TempDir
  Path folder;

  private Path write(int answers) throws IOException {
    Path file = folder.resolve("run.trace");
    Files.deleteIfExists(file);
    try (TraceWriter writer = new TraceWriter(file, HEADER)) {
      for (int i = 0; i < answers; i++) {
        writer.put((long) i * i % 1_000);
      }
      writer.put(Long.MAX_VALUE);
      assertFalse(Files.exists(file), "a trace has no name before it is whole");
      writer.finish(DIGEST);
    }
    return file;
  }

  private static void readAll(Path file, int answers) throws IOException {
    try (TraceReader reader = new TraceReader(file)) {
      assertEquals(HEADER, reader.header());
      for (int i = 0; i < answers; i++) {
        assertEquals((long) i * i % 1_000, reader.take());
      }
      assertEquals(Long.MAX_VALUE, reader.take());
      assertArrayEquals(DIGEST, reader.digest());
    }
  }

  private static String refusal(Path file, int answers) {
    return String.valueOf(assertThrows(BadInputException.class, () -> readAll(file, answers)).getMessage());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    readAll(write(200_000), 200_000);
    readAll(write(0), 0);
  }

  @Test
  void theSameAnswersGiveTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(write(100_000));
    assertArrayEquals(first, Files.readAllBytes(write(100_000)));
  }

  @Test
  void anAbandonedTraceLeavesNothing() throws IOException {
    Path file = folder.resolve("abandoned.trace");
    try (TraceWriter writer = new TraceWriter(file, HEADER)) {
      writer.put(1);
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void everySingleFlippedByteIsNoticed() throws IOException {
    Path file = write(300);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      Files.write(file, bad);
      String message = refusal(file, 300);
      assertTrue(message.startsWith(file.toString()) && message.contains("; expected "), message);
    }
  }

  @Test
  void aTraceCutAnywhereIsRefused() throws IOException {
    Path file = write(300);
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      refusal(file, 300);
    }
  }

  @Test
  void aTraceWithChoicesLeftOverIsForeign() throws IOException {
    Path file = write(10);
    try (TraceReader reader = new TraceReader(file)) {
      reader.take();
      assertThrows(BadInputException.class, reader::digest);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("nowhere.trace");
    assertEquals(
        file + ": no such file; expected a trace",
        assertThrows(BadInputException.class, () -> new TraceReader(file)).getMessage());
  }
}
