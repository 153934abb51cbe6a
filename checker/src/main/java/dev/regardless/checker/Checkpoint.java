package dev.regardless.checker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a check stands: what was counted and what remains. Written to a temporary file that then takes the checkpoint's
 * name, so that the file is whole at any moment.
 *
 * @param totals what was counted
 * @param units what remains
 */
record Checkpoint(Totals totals, List<WorkUnit> units) {

  private static final String MAGIC = "regardless checkpoint 1";

  void write(Path file, String identity) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel = FileChannel.open(
        temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
      out.writeUTF(MAGIC);
      out.writeUTF(identity);
      writeTotals(out);
      out.writeInt(units.size());
      for (WorkUnit unit : units) {
        unit.write(out);
      }
      out.writeUTF(MAGIC);
      out.flush();
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(MAGIC)) {
        throw new IllegalArgumentException("is no checkpoint of this version");
      }
      String found = in.readUTF();
      if (!found.equals(identity)) {
        throw new IllegalArgumentException("is of another check: " + found);
      }
      Totals totals = readTotals(in);
      List<WorkUnit> units = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        units.add(WorkUnit.read(in));
      }
      if (!in.readUTF().equals(MAGIC)) {
        throw new IllegalArgumentException("is damaged");
      }
      return new Checkpoint(totals, units);
    } catch (java.io.EOFException | java.io.UTFDataFormatException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("is damaged or no checkpoint", e);
    }
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
