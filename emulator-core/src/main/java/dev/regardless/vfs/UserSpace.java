package dev.regardless.vfs;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.Rcu;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process's addresses mean: struct mm_struct with its mappings. The program's own pages are given at set-up and last;
 * the kernel maps and unmaps others under mmap_lock. Mappings are 4 GiB apart, the first at
 * {@link #FIRST}. Accesses by the kernel on the program's behalf are plain.
 * They hold rcu_read_lock, as unmapping waits for accesses under way (Linux: the TLB shootdown); what is unmapped may be
 * freed a grace period later.
 */
public final class UserSpace extends KernelObject {

  /** The address of mapping 0. */
  public static final long FIRST = 0x5555_0000_0000L;

  /** TASK_SIZE_MAX of x86-64 and arm64 with 47 and 48 bits; the smaller one. */
  private static final long TASK_SIZE = (1L << 47) - 4096;

  private final Rcu rcu;
  private final Mutex mmapLock;
  private final List<UserPages> programPages;
  private final List<RefCell<UserPages>> mapped;
  private final List<PagesOwner> owners = new ArrayList<>();

  /**
   * An address space.
   *
   * @param programPages mappings 0 and up, for ever
   * @param later how many mappings may come and go after those
   */
  public UserSpace(Kernel kernel, CellFactory cells, List<UserPages> programPages, int later) {
    super(cells);
    this.rcu = kernel.rcu();
    this.programPages = List.copyOf(programPages);
    List<RefCell<UserPages>> slots = new ArrayList<>();
    for (int i = 0; i < later; i++) {
      slots.add(new RefCell<>(cells, "mapping[" + i + ']', UserPages.class));
    }
    this.mapped = List.copyOf(slots);
    this.mmapLock = new Mutex(kernel, cells.embedded(this, "mmap_lock"));
    mmapLock.init();
  }

  /** Who wants to know when pages move: vm_operations_struct.mremap. */
  @FunctionalInterface
  public interface PagesOwner {

    /**
     * Called under mmap_lock before {@code bytes} bytes of pages get another address; false to refuse. Nothing to say about
     * others' pages: true.
     */
    boolean moved(UserPages pages, long address, long bytes);
  }

  /** Adds an owner, at set-up. */
  public void addOwner(PagesOwner owner) {
    owners.add(owner);
  }

  /** The address of byte {@code offset} of mapping {@code number}. */
  private static long address(int number, long offset) {
    return FIRST + ((long) number << 32) + offset;
  }

  /** The byte offset within its mapping that an address means. */
  public static long offset(long address) {
    return address & 0xffff_ffffL;
  }

  /** The address of byte {@code offset} of a program's own pages. */
  public long addressOf(UserPages pages, long offset) {
    return address(programPages.indexOf(pages), offset);
  }

  /** The pages of the mapping that an address lies in, or null if there is none. */
  public @Nullable UserPages pages(long address) {
    long mapping = (address - FIRST) >> 32;
    if (mapping < 0 || mapping >= programPages.size() + mapped.size()) {
      return null;
    }
    int number = (int) mapping;
    return number < programPages.size()
        ? programPages.get(number)
        : mapped.get(number - programPages.size()).readOnce();
  }

  /** access_ok: whether addresses could belong to user space (47 bits), mapped or not. */
  public static boolean accessOk(long address, long bytes) {
    return address >= 0 && bytes >= 0 && bytes <= TASK_SIZE && address <= TASK_SIZE - bytes;
  }

  /** The page walk: how many of {@code bytes} bytes from {@code address} can be touched. */
  public long accessible(long address, long bytes) {
    UserPages pages = pages(address);
    long offset = offset(address);
    return pages == null || offset < pages.first() ? 0 : Math.max(0, Math.min(bytes, pages.bytes() - offset));
  }

  /** How many of {@code bytes} bytes from {@code address} can be stored to. */
  public long writable(long address, long bytes) {
    UserPages pages = pages(address);
    return pages == null || !pages.isWritable() ? 0 : accessible(address, bytes);
  }

  /** Whether all of {@code bytes} bytes from {@code address} can be touched. */
  public boolean covers(long address, long bytes) {
    return accessible(address, bytes) == bytes;
  }

  /**
   * get_user of 1 to 8 bytes, zero-extended, any alignment; all of them must be covered. Of a mapping that another task has
   * just removed, 0.
   */
  public long load(long address, int bytes) {
    UserPages pages = enter(address);
    long value = pages == null ? 0 : load(pages, offset(address), bytes);
    leave();
    return value;
  }

  /**
   * Begins an access by address: {@link #pages}, which stay until {@link #leave}. Who meets pages that migrate waits outside,
   * as a task that faults on a migration entry does.
   */
  public @Nullable UserPages enter(long address) {
    rcu.readLock();
    UserPages pages = pages(address);
    while (pages != null && pages.isMigrating()) {
      rcu.readUnlock();
      pages.awaitMigration();
      rcu.readLock();
      pages = pages(address);
    }
    return pages;
  }

  /** Ends an access. */
  public void leave() {
    rcu.readUnlock();
  }

  private static long load(UserPages pages, long offset, int bytes) {
    int first = (int) Math.min(bytes, Long.BYTES - offset % Long.BYTES);
    long low = pages.load(offset, first);
    return first == bytes ? low : low | (pages.load(offset + first, bytes - first) << (8 * first));
  }

  /** put_user of the low 1 to 8 bytes of {@code value}, any alignment; all of them must be covered. */
  public void store(long address, int bytes, long value) {
    UserPages pages = enter(address);
    if (pages != null) {
      store(pages, offset(address), bytes, value);
    }
    leave();
  }

  private static void store(UserPages pages, long offset, int bytes, long value) {
    int first = (int) Math.min(bytes, Long.BYTES - offset % Long.BYTES);
    pages.store(offset, first, value);
    if (first < bytes) {
      pages.store(offset + first, bytes - first, value >>> (8 * first));
    }
  }

  /**
   * mmap_write_lock_killable and do_mmap: the address of the pages; -ENOMEM if there is no room, -EINTR if a fatal signal came
   * while it waited for mmap_lock.
   */
  public long map(UserPages pages) {
    if (!mmapLock.lockKillable()) {
      return -Errno.EINTR;
    }
    long address = -Errno.ENOMEM;
    for (int i = 0; i < mapped.size(); i++) {
      if (mapped.get(i).refersTo(null)) {
        mapped.get(i).write(pages);
        address = address(programPages.size() + i, 0);
        break;
      }
    }
    mmapLock.unlock();
    return address;
  }

  /**
   * mremap of the first {@code bytes} bytes of what {@link #map} mapped to the place of other pages, which are unmapped:
   * MREMAP_MAYMOVE | MREMAP_FIXED. The owner of the pages is told under mmap_lock (vm_operations_struct.mremap). What stays
   * behind of a mapping that moves in part keeps its address.
   *
   * @return 0; -EFAULT if there is nothing, or not as much, to move, -EINVAL if the owner does not agree. -EINTR as
   *     {@link #map}. Nothing has moved then
   */
  public long move(long from, long bytes, long to) {
    if (!mmapLock.lockKillable()) {
      return -Errno.EINTR;
    }
    RefCell<UserPages> source = mapped.get(slot(from));
    UserPages pages = source.read();
    boolean isThere = pages != null && (pages.isExpandable() || bytes <= pages.bytes());
    long result = isThere ? move(pages, source, bytes, to) : -Errno.EFAULT;
    mmapLock.unlock();
    return result;
  }

  private long move(UserPages pages, RefCell<UserPages> source, long bytes, long to) {
    UserPages.Parts parts = bytes < pages.bytes() ? pages.split(bytes) : new UserPages.Parts(pages, pages);
    if (parts == null) {
      return -Errno.EINVAL;
    }
    boolean moved = true;
    for (PagesOwner owner : owners) {
      moved &= owner.moved(parts.head(), to, bytes);
    }
    if (!moved) {
      return -Errno.EINVAL;
    }
    mapped.get(slot(to)).write(parts.head());
    source.write(parts.tail() == pages ? null : parts.tail());
    return 0;
  }

  /** dup_mmap: a child that has mapped nothing yet gets what {@link #map} mapped here and fork copies, at the same addresses. */
  public void copyTo(UserSpace child) {
    mmapLock.lock();
    for (int i = 0; i < mapped.size(); i++) {
      UserPages pages = mapped.get(i).read();
      if (pages != null && pages.isCopiedByFork()) {
        child.mapped.get(i).write(pages);
      }
    }
    mmapLock.unlock();
  }

  /** Whether {@link #map} has mapped something that begins at an address. */
  public boolean isMappedAt(long address) {
    int slot = slot(address);
    return offset(address) == 0 && slot >= 0 && slot < mapped.size() && !mapped.get(slot).refersTo(null);
  }

  /** Whether what {@link #map} mapped at an address may grow. */
  public boolean isExpandable(long address) {
    UserPages pages = mapped.get(slot(address)).read();
    return pages != null && pages.isExpandable();
  }

  private int slot(long address) {
    return (int) ((address - FIRST) >> 32) - programPages.size();
  }

  /**
   * vm_munmap of pages that {@link #map} mapped. Waits for mmap_lock whatever signals are pending; in Linux a dying task gives
   * up, and the mapping goes with the process.
   */
  public void unmap(long address) {
    mmapLock.lock();
    mapped.get(slot(address)).write(null);
    mmapLock.unlock();
  }
}
