package dev.regardless.drivers;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.UserPages;

/** A shared mapping of a regular file: what is loaded and stored is the file itself. Ends where its last page does. */
final class FileMapping extends UserPages {

  private final RefCell<FileInode> inode;
  private final LongCell length;
  private final LongCell writable;

  FileMapping(CellFactory cells) {
    super(cells, 0);
    inode = new RefCell<>(cells, "vm_file", FileInode.class);
    length = new LongCell(cells, "vm_end");
    writable = new LongCell(cells, "vm_flags");
  }

  FileMapping init(FileInode file, long bytes, boolean mayWrite) {
    inode.write(file);
    length.write(bytes);
    writable.write(mayWrite ? 1 : 0);
    return this;
  }

  @Override
  public long bytes() {
    return Math.min(length.read(), inode.read().mappableBytes());
  }

  @Override
  public boolean isWritable() {
    return writable.read() != 0;
  }

  @Override
  public long load(long offset, int bytes) {
    return extract(inode.read().wordAt(offset).read(), offset % Long.BYTES, bytes);
  }

  @Override
  public void store(long offset, int bytes, long value) {
    LongCell word = inode.read().wordToStore(offset);
    word.write(insert(word.read(), offset % Long.BYTES, bytes, value));
  }
}
