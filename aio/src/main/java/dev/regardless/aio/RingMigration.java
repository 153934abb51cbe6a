package dev.regardless.aio;

import dev.regardless.vfs.Errno;

/**
 * Moves a ring to another page (fs/aio.c: aio_migrate_folio, up to 6.18; around it mm/migrate.c). The page is locked and
 * programs lose their translations first. Then, if nobody in the kernel reads the ring (ring_lock is tried), and while nobody
 * posts an event (completion_lock), it is copied and the context told of the copy; then nobody can use the old page, and it is
 * freed.
 */
public final class RingMigration {

  private final AioSubsystem aio;
  private final RingRules rules;

  /** Migration of the rings of a subsystem. */
  public RingMigration(AioSubsystem aio) {
    this.aio = aio;
    this.rules = aio.parameters().rings();
  }

  /**
   * Tries once.
   *
   * @return 0; -EAGAIN if somebody reads the ring, -EINVAL if it is gone
   */
  public long migrate(RingFile file) {
    CompletionRing source = file.isolate();
    if (source == null) {
      file.release();
      return -Errno.EINVAL;
    }
    CompletionRing destination = aio.allocateRingLike(source);
    long result = migrateFolio(file, destination, source);
    file.release();
    aio.freeRing(result == 0 ? source : destination);
    return result;
  }

  /** aio_migrate_folio. */
  private long migrateFolio(RingFile file, CompletionRing destination, CompletionRing source) {
    // Protects against put_aio_ring_file, and so keeps the context.
    file.privateLock.lock();
    KioContext context = file.context.read();
    long result = -Errno.EINVAL;
    if (context != null) {
      result = -Errno.EAGAIN;
      if (tryRingLock(context)) {
        if (context.ring.refersTo(source)) {
          file.replace(destination);
          copy(context, destination, source);
          result = 0;
        }
        unlockRing(context);
      }
    }
    file.privateLock.unlock();
    return result;
  }

  /** Keeps aio_read_events from writing head, and migration from a context that is not complete. */
  private boolean tryRingLock(KioContext context) {
    return !rules.has(RingGuard.RING_LOCK) || context.ringLock.tryLock();
  }

  private void unlockRing(KioContext context) {
    if (rules.has(RingGuard.RING_LOCK)) {
      context.ringLock.unlock();
    }
  }

  /** No event may be posted to the old page once it is being copied. */
  private void copy(KioContext context, CompletionRing destination, CompletionRing source) {
    if (rules.has(RingGuard.COMPLETION_LOCK)) {
      context.completionLock.lockIrqsave();
    }
    destination.copyFrom(source);
    context.ring.write(destination);
    if (rules.has(RingGuard.COMPLETION_LOCK)) {
      context.completionLock.unlockIrqrestore();
    }
  }
}
