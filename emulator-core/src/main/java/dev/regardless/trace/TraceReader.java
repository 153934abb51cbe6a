package dev.regardless.trace;

import dev.regardless.emulation.ChoiceSource;
import dev.regardless.input.BadInputException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a trace back. Whatever is not a trace, not whole, or not of this program's version is refused with a {@link
 * BadInputException} that names the file and what was expected.
 */
public final class TraceReader implements ChoiceSource, Closeable {

  private final String name;
  private final DataInputStream in;
  private final TraceHeader header;
  private final Inflater inflater = new Inflater();
  private byte[] raw = new byte[TraceFormat.BLOCK];
  private int used;
  private int size;
  private long answers;
  private byte[] digest = new byte[0];

  /**
   * Opens a trace and reads its header.
   *
   * @throws BadInputException if the file is missing, or no trace, or damaged
   */
  public TraceReader(Path file) {
    this.name = file.toString();
    this.in = open(file);
    try {
      if (in.readLong() != TraceFormat.MAGIC) {
        throw BadInputException.in(name, "not a trace", "a file written by trace.file");
      }
      int format = in.readInt();
      if (format != TraceFormat.VERSION) {
        throw BadInputException.in(
            name, "trace format " + format, "format " + TraceFormat.VERSION + ", that of this version");
      }
      this.header = new TraceHeader(readText(), readText());
    } catch (EOFException e) {
      throw BadInputException.in(name, "not a trace: it ends in its header", "a whole trace").causedBy(e);
    } catch (IOException e) {
      throw BadInputException.in(name, "cannot be read: " + e.getMessage(), "a readable file").causedBy(e);
    }
  }

  private DataInputStream open(Path file) {
    try {
      return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    } catch (NoSuchFileException e) {
      throw BadInputException.in(name, "no such file", "a trace").causedBy(e);
    } catch (IOException e) {
      throw BadInputException.in(name, "cannot be read: " + e.getMessage(), "a readable file").causedBy(e);
    }
  }

  private String readText() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > TraceFormat.MAXIMUM_HEADER) {
      throw damaged("header");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    if (in.readInt() != TraceFormat.checksum(bytes, length)) {
      throw damaged("header");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private BadInputException damaged(String part) {
    return BadInputException.in(name, "damaged " + part, "a whole trace, unchanged since it was written");
  }

  public TraceHeader header() {
    return header;
  }

  @Override
  public long take() {
    if (used == size && !nextBlock()) {
      throw BadInputException.in(
          name, "ends after %d choices while the run goes on".formatted(answers), "a trace of this program");
    }
    long answer = 0;
    int shift = 0;
    while (true) {
      if (used == size) {
        throw damaged("block");
      }
      byte next = raw[used++];
      answer |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
      shift += 7;
    }
    answers++;
    return answer;
  }

  private boolean nextBlock() {
    if (digest.length > 0) {
      return false;
    }
    try {
      int length = in.readInt();
      if (length == 0) {
        readTrailer();
        return false;
      }
      int compressedLength = in.readInt();
      int checksum = in.readInt();
      if (length < 0 || length > TraceFormat.BLOCK || compressedLength < 0
          || compressedLength > TraceFormat.BLOCK * 2) {
        throw damaged("block");
      }
      byte[] bytes = in.readNBytes(compressedLength);
      if (bytes.length < compressedLength || TraceFormat.checksum(bytes, bytes.length) != checksum) {
        throw damaged("block");
      }
      inflater.reset();
      inflater.setInput(bytes);
      size = inflater.inflate(raw);
      used = 0;
      if (size != length) {
        throw damaged("block");
      }
      return true;
    } catch (EOFException e) {
      throw BadInputException.in(name, "ends after %d choices, cut short".formatted(answers), "a whole trace")
          .causedBy(e);
    } catch (IOException | DataFormatException e) {
      throw damaged("block").causedBy(e);
    }
  }

  private void readTrailer() throws IOException {
    long expected = in.readLong();
    byte[] bytes = in.readNBytes(TraceFormat.DIGEST_BYTES);
    if (bytes.length < TraceFormat.DIGEST_BYTES
        || in.readInt() != TraceFormat.checksum(bytes, bytes.length)
        || expected != answers
        || in.read() >= 0) {
      throw damaged("end");
    }
    digest = bytes;
  }

  /**
   * The digest of the recorded run's summary; to be called when the replayed run has ended.
   *
   * @throws BadInputException if recorded choices are left over: the trace is of another program
   */
  public byte[] digest() {
    if (used < size || nextBlock()) {
      throw BadInputException.in(
          name, "has choices left after the run's end", "a trace of this program, version " + header.version());
    }
    return digest.clone();
  }

  @Override
  public RuntimeException refuse(long answer, String question) {
    return BadInputException.in(
        name, "choice %d is %d, which does not fit".formatted(answers, answer), question + ": a trace of this program");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
