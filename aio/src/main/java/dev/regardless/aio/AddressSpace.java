package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.SpinLock;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * struct mm_struct as far as aio needs it: a process's table of contexts, and what its addresses mean
 * ({@link UserMemory}). The programs' own pages are given when it is made; rings are mapped and unmapped under mmap_lock.
 */
public final class AddressSpace extends KernelObject {

  /** ioctx_lock: protects the table. */
  final SpinLock ioctxLock;

  /** ioctx_table. */
  final RefCell<IoContextTable> ioctxTable;

  private final Mutex mmapLock;
  private final List<UserPages> programPages;
  private final List<RefCell<CompletionRing>> rings;

  /**
   * An address space.
   *
   * @param programPages mappings 0 and up, for ever
   * @param rings how many rings it has addresses for
   */
  public AddressSpace(Kernel kernel, CellFactory cells, List<UserPages> programPages, int rings) {
    super(cells);
    this.ioctxLock = new SpinLock(cells, "ioctx_lock");
    this.ioctxTable = new RefCell<>(cells, "ioctx_table", IoContextTable.class);
    this.programPages = List.copyOf(programPages);
    List<RefCell<CompletionRing>> mappings = new ArrayList<>();
    for (int i = 0; i < rings; i++) {
      mappings.add(new RefCell<>(cells, "mapping[" + i + ']', CompletionRing.class));
    }
    this.rings = List.copyOf(mappings);
    this.mmapLock = new Mutex(kernel, cells.embedded(this, "mmap_lock"));
    mmapLock.init();
  }

  /** The address of byte {@code offset} of a program's own pages. */
  public long addressOf(UserPages pages, long offset) {
    return UserMemory.address(programPages.indexOf(pages), offset);
  }

  /** The pages of a mapping, or null if there is none. */
  @Nullable
  UserPages pages(int mapping) {
    if (mapping < 0) {
      return null;
    }
    if (mapping < programPages.size()) {
      return programPages.get(mapping);
    }
    int ring = mapping - programPages.size();
    return ring < rings.size() ? rings.get(ring).readOnce() : null;
  }

  /** The ring mapped at a context handle, as a program that reaps by itself finds it; null if it is unmapped. */
  public @Nullable CompletionRing ringAt(long handle) {
    return pages(UserMemory.mapping(handle)) instanceof CompletionRing ring ? ring : null;
  }

  /** do_mmap: the address of the ring, or 0 if there is no room. */
  long map(CompletionRing ring) {
    mmapLock.lock();
    long address = 0;
    for (int i = 0; i < rings.size(); i++) {
      if (rings.get(i).refersTo(null)) {
        rings.get(i).write(ring);
        address = UserMemory.address(programPages.size() + i, 0);
        break;
      }
    }
    mmapLock.unlock();
    return address;
  }

  /** vm_munmap. */
  void unmap(long address) {
    mmapLock.lock();
    rings.get(UserMemory.mapping(address) - programPages.size()).write(null);
    mmapLock.unlock();
  }
}
