package dev.regardless.drivers;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.machine.Machine;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of regular files of one file system, each file's in a table of chains by page number, hence at any offset up to
 * the largest. A page is there once it was written and stays until its file goes; readers look without a lock. Source of the
 * behaviour: mm/filemap.c, with a block allocated for each page (6.18).
 */
final class FileContents {

  private static final int PAGE = 4096;

  /** Chains of a file; more pages than this share them. */
  private static final int MOST_CHAINS = 64;

  private final int pageBytes;
  private final int chains;
  private final long mostPages;
  private final AtomicCell used;
  private final KmemCache<Page> pages;
  private final Page hole;

  /** The pages of a file system that has room for {@code capacity} bytes. */
  FileContents(Machine machine, long capacity) {
    pageBytes = (int) Math.min(capacity, PAGE);
    mostPages = capacity / pageBytes;
    chains = (int) Math.min(mostPages, MOST_CHAINS);
    used = machine.memory().create("used_blocks", Used::new).count;
    pages = new KmemCache<>(machine.memory(), "folio", cells -> new Page(cells, pageBytes));
    hole = machine.memory().create("zero_page", cells -> new Page(cells, pageBytes));
    hole.setState(true, false);
  }

  int pageBytes() {
    return pageBytes;
  }

  private static final class Used extends KernelObject {
    private final AtomicCell count;

    Used(CellFactory cells) {
      super(cells);
      count = new AtomicCell(cells, "blocks");
    }
  }

  /** A page with its number in the file, and whether the page cache has it, as on the disk or newer. */
  static final class Page extends KernelObject {
    private static final int CACHED = 1;
    private static final int DIRTY = 2;
    private static final int ALLOCATED = 4;

    final LongCell[] words;
    private final LongCell flags;
    private final LongCell index;
    private final RefCell<Page> next;

    Page(CellFactory cells, int bytes) {
      super(cells);
      flags = new LongCell(cells, "flags");
      index = new LongCell(cells, "index");
      next = new RefCell<>(cells, "next", Page.class);
      words = new LongCell[bytes / Long.BYTES];
      for (int word = 0; word < words.length; word++) {
        words[word] = new LongCell(cells, "word[" + word + ']');
      }
    }

    boolean isCached() {
      return (flags.readOnce() & CACHED) != 0;
    }

    boolean isDirty() {
      return (flags.readOnce() & DIRTY) != 0;
    }

    /** Whether the file system has yet to find a block for it: dirty, and never written. */
    boolean isDelayed() {
      return (flags.readOnce() & (DIRTY | ALLOCATED)) == DIRTY;
    }

    void setState(boolean cached, boolean dirty) {
      long allocated = dirty ? flags.readOnce() & ALLOCATED : ALLOCATED;
      flags.writeOnce((cached ? CACHED : 0) | (dirty ? DIRTY : 0) | allocated);
    }
  }

  /** One file's pages: part of its inode. */
  final class Table {
    private final List<RefCell<Page>> heads;

    Table(CellFactory cells) {
      heads = IntStream.range(0, chains)
          .mapToObj(chain -> new RefCell<>(cells, "page[" + chain + ']', Page.class)).toList();
    }

    void init() {
      for (RefCell<Page> head : heads) {
        head.write(null);
      }
    }

    private RefCell<Page> chain(long index) {
      return heads.get((int) (index % chains));
    }

    /** The page of a byte, if it was ever written. */
    @Nullable
    Page find(long position) {
      long index = position / pageBytes;
      Page page = chain(index).readOnce();
      while (page != null && page.index.read() != index) {
        page = page.next.read();
      }
      return page;
    }

    /** What a reader of a byte gets: its page, or one full of zeros. */
    Page orHole(long position) {
      Page page = find(position);
      return page == null ? hole : page;
    }

    /** The page of a byte, made if need be; null if the file system is full. With the inode locked. */
    @Nullable
    Page make(long position) {
      Page page = find(position);
      if (page != null) {
        return page;
      }
      if (used.fetchAddUnless(1, mostPages, Integer.MAX_VALUE) == mostPages) {
        return null;
      }
      page = pages.allocate();
      page.flags.write(0);
      for (LongCell word : page.words) {
        word.write(0);
      }
      RefCell<Page> head = chain(position / pageBytes);
      page.index.write(position / pageBytes);
      page.next.write(head.read());
      head.storeRelease(page);
      return page;
    }

    /** Those pages of a range of bytes that are there, in any order. */
    List<Page> range(long position, long bytes) {
      long first = position / pageBytes;
      long last = (position + bytes - 1) / pageBytes;
      List<Page> found = new ArrayList<>();
      if (last - first < chains) {
        for (long index = first; index <= last; index++) {
          Page page = find(index * pageBytes);
          if (page != null) {
            found.add(page);
          }
        }
        return found;
      }
      for (RefCell<Page> head : heads) {
        for (Page page = head.read(); page != null; page = page.next.read()) {
          long index = page.index.read();
          if (index >= first && index <= last) {
            found.add(page);
          }
        }
      }
      return found;
    }

    /** Frees all: the file is gone. */
    void free() {
      for (RefCell<Page> head : heads) {
        Page page = head.read();
        while (page != null) {
          Page next = page.next.read();
          pages.free(page);
          used.sub(1);
          page = next;
        }
      }
    }
  }
}
