package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SpinLock;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of struct mm_struct that aio adds: a process's table of contexts, beside what its addresses mean. */
public final class AddressSpace extends KernelObject {

  /** ioctx_lock: protects the table. */
  final SpinLock ioctxLock;

  /** ioctx_table. */
  final RefCell<IoContextTable> ioctxTable;

  private final UserSpace space;

  /** The table of a process with that memory. */
  public AddressSpace(CellFactory cells, UserSpace space) {
    super(cells);
    this.ioctxLock = new SpinLock(cells, "ioctx_lock");
    this.ioctxTable = new RefCell<>(cells, "ioctx_table", IoContextTable.class);
    this.space = space;
  }

  /**
   * An address space with memory of its own.
   *
   * @param programPages mappings 0 and up, for ever
   * @param rings how many rings it has addresses for
   */
  public AddressSpace(Kernel kernel, CellFactory cells, List<UserPages> programPages, int rings) {
    this(cells, kernel.create("mm_struct", shell -> new UserSpace(kernel, shell, programPages, rings)));
  }

  /** What the process's addresses mean. */
  public UserSpace space() {
    return space;
  }

  /** The address of byte {@code offset} of a program's own pages. */
  public long addressOf(UserPages pages, long offset) {
    return space.addressOf(pages, offset);
  }

  /** The ring mapped at a context handle, as a program that reaps by itself finds it; null if it is unmapped. */
  public @Nullable CompletionRing ringAt(long handle) {
    UserPages pages = space.pages(handle);
    return pages instanceof RingMapping mapping
        ? mapping.file().fault()
        : pages instanceof CompletionRing ring ? ring : null;
  }
}
