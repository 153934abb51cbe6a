package dev.regardless.vfs.program;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;

/**
 * mmap of a shared file or of one page of nothing, mremap to a given place: mm/mmap.c, mm/mremap.c (6.x). Nothing grows or
 * shrinks; but what may never grow (VM_DONTEXPAND) says so as the kernel does, and an owner is asked before a part moves.
 */
public final class MemoryCallGroup implements SystemCallGroup {

  private static final int PAGE = 4096;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MREMAP_MAYMOVE = 1;
  private static final int MREMAP_MAYMOVE_FIXED = 3;

  /** Made by the service loader. */
  public MemoryCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    UserPages reserved = process.kernel().create("reserved_pages", cells -> new UserPages(cells, 0));
    table.add("mmap", (address, bytes, protection, flags, fd, offset) -> leave(process, flags == MAP_SHARED
        ? mapFile(process, bytes, (int) protection, (int) fd, offset)
        : flags == MAP_PRIVATE_ANONYMOUS && protection == 0
            ? process.space().map(reserved)
            : -Errno.EINVAL));
    table.add("mremap",
        (from, oldBytes, newBytes, flags, to, sixth) -> move(process.space(), from, oldBytes, newBytes, flags, to));
  }

  private static long leave(UserProcess process, long result) {
    process.kernel().exitToUserMode();
    return result;
  }

  /** do_mmap of a file, shared, from its start. The mapping's own reference to the file is left out. */
  private static long mapFile(UserProcess process, long bytes, int protection, int fd, long offset) {
    if (bytes <= 0 || offset != 0) {
      return -Errno.EINVAL;
    }
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    boolean writable = (protection & PROT_WRITE) != 0;
    long result;
    if ((file.mode() & OpenFlags.MODE_READ) == 0 || (writable && (file.mode() & OpenFlags.MODE_WRITE) == 0)) {
      result = -Errno.EACCES;
    } else {
      UserPages pages = file.operations().mmap(file, (bytes + PAGE - 1) / PAGE * PAGE, writable);
      result = pages == null ? -Errno.ENODEV : process.space().map(pages);
    }
    process.vfs().fput(file);
    return result;
  }

  /** mremap: what cannot grow (check_prep_vma), then mremap_to without a change of size. */
  private static long move(UserSpace space, long from, long oldBytes, long newBytes, long flags, long to) {
    boolean toFixed = flags == MREMAP_MAYMOVE_FIXED;
    if ((flags != 0 && flags != MREMAP_MAYMOVE && !toFixed) || from % PAGE != 0 || newBytes == 0) {
      return -Errno.EINVAL;
    }
    if (toFixed && (to % PAGE != 0 || from == to)) {
      return -Errno.EINVAL;
    }
    if (!space.isMappedAt(from) || (toFixed && !space.isMappedAt(to))) {
      return -Errno.EFAULT;
    }
    long bytes = pages(oldBytes);
    if (pages(newBytes) > bytes && !space.isExpandable(from)) {
      return -Errno.EFAULT;
    }
    if (pages(newBytes) != bytes) {
      return -Errno.EINVAL;
    }
    if (!toFixed) {
      return from;
    }
    long result = space.move(from, bytes, to);
    return result == 0 ? to : result;
  }

  /** PAGE_ALIGN. */
  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }
}
