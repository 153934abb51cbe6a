package dev.regardless.aio;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.kernel.SpinLock;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;
import dev.regardless.vfs.UserPages;
import org.jspecify.annotations.Nullable;

/**
 * The file that a ring's pages belong to (fs/aio.c: aio_private_file, put_aio_ring_file, up to 6.18), with what mm/filemap.c,
 * mm/truncate.c and mm/migrate.c keep and do for it. A ring is one page here, whatever its size. One file for one ring, there
 * for ever, as the mappings that hold it in Linux may outlive the ring.
 *
 * <p>Who accesses the ring by address finds the page in the file each time, within a read-side section; who takes the page
 * away (truncation, migration) first lets nobody find it any more and then waits a grace period, which is the TLB shootdown.
 */
public final class RingFile extends KernelObject {

  private final Kernel kernel;
  private final SmpBarriers smp;
  private final RingRules rules;
  private final long bytes;

  /** i_size: 0 once truncated. */
  private final LongCell size;

  /** i_pages: the page, or null. Written under the folio lock. */
  private final RefCell<CompletionRing> folio;

  /** folio_lock of the page. */
  private final Mutex folioLock;

  /** Whether page tables have a migration entry for the page. */
  private final LongCell migrating;

  /** i_private_lock: keeps the context while its page migrates. */
  final SpinLock privateLock;

  /** i_private_data: the context; null once it goes. */
  final RefCell<KioContext> context;

  /** Where the mapping was cut. */
  final LongCell cut;

  private final RingMapping whole;
  private final UserPages.Parts parts;

  RingFile(Kernel kernel, CellFactory cells, RingRules rules, int events) {
    super(cells);
    this.kernel = kernel;
    this.smp = new SmpBarriers(kernel.machine());
    this.rules = rules;
    this.bytes = CompletionRing.HEADER_BYTES + (long) events * CompletionRing.EVENT_BYTES;
    size = new LongCell(cells, "i_size");
    folio = new RefCell<>(cells, "i_pages", CompletionRing.class);
    folioLock = new Mutex(kernel, cells.embedded(this, "folio_lock"));
    migrating = new LongCell(cells, "migration_entry");
    privateLock = new SpinLock(cells, "i_private_lock");
    context = new RefCell<>(cells, "i_private_data", KioContext.class);
    cut = new LongCell(cells, "cut");
    whole = new RingMapping(cells.embedded(this, "vma"), this, RingMapping.Part.WHOLE);
    parts = new UserPages.Parts(new RingMapping(cells.embedded(this, "vma_head"), this, RingMapping.Part.HEAD),
        new RingMapping(cells.embedded(this, "vma_tail"), this, RingMapping.Part.TAIL));
    folioLock.init();
  }

  /** aio_private_file: the file of a context, with its page; the mapping of all of it. */
  RingMapping open(KioContext owner, CompletionRing page) {
    size.write(bytes);
    folio.write(page);
    context.write(owner);
    return whole;
  }

  /** put_aio_ring_file: nobody finds the page any more, by address or to migrate it, when this returns. */
  void put() {
    size.writeOnce(0);
    // truncate_pagecache
    folioLock.lock();
    folio.writeOnce(null);
    folioLock.unlock();
    privateLock.lock();
    context.write(null);
    privateLock.unlock();
    // unmap_mapping_range
    kernel.rcu().synchronize();
  }

  long bytes() {
    return bytes;
  }

  boolean isCopiedByFork() {
    return rules.copiedByFork();
  }

  /** __split_vma. */
  UserPages.Parts cut(long at) {
    cut.write(at);
    return parts;
  }

  /**
   * filemap_fault: the page, or null for SIGBUS beyond the file's end. A page that the file has not is to be read by the
   * file's read_folio, and aio has none.
   */
  @Nullable
  CompletionRing fault() {
    if (size.readOnce() == 0) {
      return null;
    }
    CompletionRing page = folio.readOnce();
    if (page == null) {
      kernel.machine().violation(PropertyKind.NULL_DEREFERENCE,
          "a page fault on a ring that is gone calls a_ops->read_folio, which is null");
    }
    return page;
  }

  // ---- migration, for RingMigration ----------------------------------------------------------------------------------

  /** What a walk of the page table tells; a translation that migration has put back is one to the copy. */
  boolean isMigrating() {
    return migrating.loadAcquire() != 0;
  }

  /** migration_entry_wait. */
  void awaitMigration() {
    smp.conditionalLoadAcquire(migrating, AwaitCondition.EQUAL, 0);
  }

  /** folio_lock and try_to_migrate: the page, which nobody can access by address any more; null if the file has none. */
  @Nullable
  CompletionRing isolate() {
    folioLock.lock();
    CompletionRing page = folio.read();
    if (page != null) {
      migrating.writeOnce(1);
      kernel.rcu().synchronize();
    }
    return page;
  }

  /** folio_migrate_mapping: the file has another page. */
  void replace(CompletionRing page) {
    folio.storeRelease(page);
  }

  /** remove_migration_ptes and folio_unlock. */
  void release() {
    migrating.storeRelease(0);
    folioLock.unlock();
  }
}
