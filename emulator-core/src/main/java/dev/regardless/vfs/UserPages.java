package dev.regardless.vfs;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import org.jspecify.annotations.Nullable;

/**
 * Memory that a user program can address, as 64-bit words, little-endian: its own variables, or what the kernel maps for it,
 * such as aio's completion ring.
 */
public class UserPages extends KernelObject {

  private final LongCell[] words;

  /** Pages of {@code count} words. */
  public UserPages(CellFactory cells, int count) {
    this(cells, new String[0], count);
  }

  /** Pages whose first words have names of their own. */
  protected UserPages(CellFactory cells, String[] names, int count) {
    super(cells);
    words = new LongCell[count];
    for (int i = 0; i < count; i++) {
      words[i] = new LongCell(cells, i < names.length ? names[i] : "word[" + i + ']');
    }
  }

  /** Number of words. */
  public final int words() {
    return words.length;
  }

  /** The word of that index. */
  public final LongCell word(int index) {
    return words[index];
  }

  /** Bytes that user addresses can reach. */
  public long bytes() {
    return (long) words.length * Long.BYTES;
  }

  /** The lowest byte that user addresses can reach: more than 0 of a mapping whose beginning has moved away. */
  public long first() {
    return 0;
  }

  /** Whether fork copies the mapping: not if it has VM_DONTCOPY. */
  public boolean isCopiedByFork() {
    return true;
  }

  /** Whether mremap may make the mapping larger: not if it has VM_DONTEXPAND. */
  public boolean isExpandable() {
    return true;
  }

  /** Whether the pages are on their way to another place, so that nobody may access them. */
  public boolean isMigrating() {
    return false;
  }

  /** migration_entry_wait: waits until they have got there. */
  public void awaitMigration() {}

  /**
   * __split_vma: cuts the mapping in two, so that its beginning can move.
   *
   * @return the two mappings, or null if this one cannot be cut
   */
  public @Nullable Parts split(long bytes) {
    return null;
  }

  /** What one mapping was cut into. */
  public record Parts(UserPages head, UserPages tail) {}

  /** PROT_WRITE: whether stores through user addresses are allowed. */
  public boolean isWritable() {
    return true;
  }

  /** {@code bytes} bytes at a byte offset, zero-extended; they must not cross a multiple of 8. */
  public long load(long offset, int bytes) {
    return extract(words[(int) (offset / Long.BYTES)].read(), offset % Long.BYTES, bytes);
  }

  /** Stores the low {@code bytes} bytes of {@code value}; they must not cross a multiple of 8. */
  public void store(long offset, int bytes, long value) {
    LongCell word = words[(int) (offset / Long.BYTES)];
    word.write(bytes == Long.BYTES ? value : insert(word.read(), offset % Long.BYTES, bytes, value));
  }

  /** {@code bytes} bytes of a word. */
  protected static long extract(long word, long first, int bytes) {
    return (word >>> (8 * first)) & mask(bytes);
  }

  /** A word with {@code bytes} of its bytes replaced. */
  protected static long insert(long word, long first, int bytes, long value) {
    long place = 8 * first;
    return (word & ~(mask(bytes) << place)) | ((value & mask(bytes)) << place);
  }

  private static long mask(int bytes) {
    return bytes == Long.BYTES ? -1L : (1L << (8 * bytes)) - 1;
  }
}
