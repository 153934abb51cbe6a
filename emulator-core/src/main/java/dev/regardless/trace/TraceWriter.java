package dev.regardless.trace;

import dev.regardless.emulation.ChoiceSink;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.Deflater;

/**
 * Writes a run's choices to a file. The file appears under its name only when it is complete ({@link #finish}); until
 * then it is a {@code .partial} beside it, which {@link #close} removes.
 */
public final class TraceWriter implements ChoiceSink, Closeable {

  private final Path file;
  private final Path partial;
  private final DataOutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] raw = new byte[TraceFormat.BLOCK];
  private final byte[] compressed = new byte[TraceFormat.BLOCK * 2];
  private int used;
  private long answers;
  private boolean finished;

  /**
   * Starts a trace.
   *
   * @throws IOException if the file cannot be written
   */
  public TraceWriter(Path file, TraceHeader header) throws IOException {
    this.file = file;
    if (file.getFileName() == null || (Files.exists(file) && !Files.isRegularFile(file))) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
    this.partial = file.resolveSibling(file.getFileName() + ".partial");
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)));
    out.writeLong(TraceFormat.MAGIC);
    out.writeInt(TraceFormat.VERSION);
    writeText(header.version());
    writeText(header.configuration());
  }

  private void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.writeInt(TraceFormat.checksum(bytes, bytes.length));
  }

  @Override
  public void put(long answer) {
    if (used > raw.length - 10) {
      try {
        writeBlock();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    long rest = answer;
    while ((rest & ~0x7fL) != 0) {
      raw[used++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    raw[used++] = (byte) rest;
    answers++;
  }

  private void writeBlock() throws IOException {
    if (used == 0) {
      return;
    }
    deflater.reset();
    deflater.setInput(raw, 0, used);
    deflater.finish();
    int length = deflater.deflate(compressed);
    out.writeInt(used);
    out.writeInt(length);
    out.writeInt(TraceFormat.checksum(compressed, length));
    out.write(compressed, 0, length);
    used = 0;
  }

  /**
   * Completes the trace and gives it its name.
   *
   * @param digest SHA-256 of the run's summary, by which a replay knows that it was exact
   * @throws IOException if the file cannot be written
   */
  public void finish(byte[] digest) throws IOException {
    writeBlock();
    out.writeInt(0);
    out.writeLong(answers);
    out.write(digest, 0, TraceFormat.DIGEST_BYTES);
    out.writeInt(TraceFormat.checksum(digest, TraceFormat.DIGEST_BYTES));
    out.close();
    try {
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
    finished = true;
  }

  /** Number of answers taken so far. */
  public long answers() {
    return answers;
  }

  /** Drops the trace unless it was finished. */
  @Override
  public void close() throws IOException {
    deflater.end();
    if (!finished) {
      try {
        out.close();
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }
}
