package dev.regardless.checker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Where a check stands: what was counted and what remains. Written to a temporary file that then takes the checkpoint's
 * name, so that the file is whole at any moment. The file is a line of text, a checksum of the rest (8 bytes), the rest.
 *
 * @param totals what was counted
 * @param units what remains
 */
record Checkpoint(Totals totals, List<WorkUnit> units) {

  private static final byte[] MAGIC = "regardless checkpoint 2\n".getBytes(StandardCharsets.US_ASCII);

  void write(Path file, String identity) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(identity);
    writeTotals(out);
    out.writeInt(units.size());
    for (WorkUnit unit : units) {
      unit.write(out);
    }
    byte[] rest = bytes.toByteArray();
    ByteBuffer whole = ByteBuffer.allocate(MAGIC.length + Long.BYTES + rest.length)
        .put(MAGIC).putLong(checksum(rest)).put(rest).flip();
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel = FileChannel.open(
        temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      while (whole.hasRemaining()) {
        channel.write(whole);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static long checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return sum.getValue();
  }

  private void writeTotals(DataOutputStream out) throws IOException {
    out.writeLong(totals.executions);
    out.writeLong(totals.blocked);
    out.writeLong(totals.cut);
    out.writeInt(totals.outcomes.size());
    for (Map.Entry<List<Long>, Long> entry : totals.outcomes.entrySet()) {
      out.writeInt(entry.getKey().size());
      for (long register : entry.getKey()) {
        out.writeLong(register);
      }
      out.writeLong(entry.getValue());
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @throws IllegalArgumentException if it is none, or of another check
   */
  static Checkpoint read(Path file, String identity) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int start = MAGIC.length + Long.BYTES;
    if (whole.length < start || !Arrays.equals(whole, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("is no checkpoint of this version");
    }
    byte[] rest = Arrays.copyOfRange(whole, start, whole.length);
    if (ByteBuffer.wrap(whole).getLong(MAGIC.length) != checksum(rest)) {
      throw new IllegalArgumentException("is damaged");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest));
    String found = in.readUTF();
    if (!found.equals(identity)) {
      throw new IllegalArgumentException("is of another check (%s, not %s)".formatted(found, identity));
    }
    Totals totals = readTotals(in);
    List<WorkUnit> units = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      units.add(WorkUnit.read(in));
    }
    return new Checkpoint(totals, units);
  }

  private static Totals readTotals(DataInputStream in) throws IOException {
    Totals totals = new Totals();
    totals.executions = in.readLong();
    totals.blocked = in.readLong();
    totals.cut = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      List<Long> outcome = new ArrayList<>();
      for (int size = in.readInt(); size > 0; size--) {
        outcome.add(in.readLong());
      }
      totals.outcomes.put(outcome, in.readLong());
    }
    return totals;
  }
}
