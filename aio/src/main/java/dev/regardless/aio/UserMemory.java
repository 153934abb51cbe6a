package dev.regardless.aio;

import org.jspecify.annotations.Nullable;

/**
 * User addresses: which word an address means, for system calls that read and write a program's memory.
 *
 * <p>An address is {@code (mapping + 1) << 32 | byte offset}. Programs' own pages are mapped at set-up and stay; rings come
 * and go, so theirs are looked up in the address space's cells. Words are 64 bits; an address that no word begins at is
 * not mapped. Copies are plain accesses, word by word.
 */
public final class UserMemory {

  private UserMemory() {}

  /** The address of byte {@code offset} of mapping {@code number}. */
  public static long address(int number, long offset) {
    return ((number + 1L) << 32) | offset;
  }

  /** The mapping number of an address; negative if it can have none. */
  static int mapping(long address) {
    long number = (address >>> 32) - 1;
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  static long offset(long address) {
    return address & 0xffff_ffffL;
  }

  /** Index of the word that an address in {@code pages} means; -1 if none. */
  static int word(UserPages pages, long address) {
    long offset = offset(address);
    if (pages instanceof CompletionRing ring) {
      return ring.wordAt(offset);
    }
    return offset % 8 == 0 && offset / 8 < pages.words() ? (int) (offset / 8) : -1;
  }

  /**
   * access_ok and the page walk: the pages that hold {@code count} words from {@code address}, or null for a fault.
   */
  static @Nullable UserPages find(AddressSpace mm, long address, long count) {
    UserPages pages = mm.pages(mapping(address));
    if (pages == null) {
      return null;
    }
    int first = word(pages, address);
    return first >= 0 && first + count <= pages.words() ? pages : null;
  }
}
