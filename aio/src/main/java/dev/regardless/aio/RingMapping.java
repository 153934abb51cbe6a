package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.vfs.UserPages;
import org.jspecify.annotations.Nullable;

/**
 * struct vm_area_struct of a {@link RingFile}: all of it, or what is left on one side of a cut. There is no page table: each
 * access finds the page again, as the first one of a process does.
 */
final class RingMapping extends UserPages {

  /** Which part of the file it maps. */
  enum Part {
    WHOLE, HEAD, TAIL
  }

  private final RingFile file;
  private final Part part;

  RingMapping(CellFactory cells, RingFile file, Part part) {
    super(cells, 0);
    this.file = file;
    this.part = part;
  }

  RingFile file() {
    return file;
  }

  @Override
  public long first() {
    return part == Part.TAIL ? file.cut.read() : 0;
  }

  @Override
  public long bytes() {
    return part == Part.HEAD ? file.cut.read() : file.bytes();
  }

  @Override
  public boolean isCopiedByFork() {
    return file.isCopiedByFork();
  }

  @Override
  public boolean isExpandable() {
    return false;
  }

  @Override
  public boolean isMigrating() {
    return file.isMigrating();
  }

  @Override
  public void awaitMigration() {
    file.awaitMigration();
  }

  @Override
  public @Nullable Parts split(long bytes) {
    return part == Part.WHOLE ? file.cut(bytes) : null;
  }

  /** 0 if the access ends in SIGBUS. */
  @Override
  public long load(long offset, int bytes) {
    CompletionRing page = file.fault();
    return page == null ? 0 : page.load(offset, bytes);
  }

  /** Nothing if the access ends in SIGBUS. */
  @Override
  public void store(long offset, int bytes, long value) {
    CompletionRing page = file.fault();
    if (page != null) {
      page.store(offset, bytes, value);
    }
  }
}
