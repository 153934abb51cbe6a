package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** Memory that a user program can address, as 64-bit words: its own variables, or the completion ring. */
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
}
