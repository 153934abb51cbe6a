package dev.regardless.aio;

/**
 * Sizes and limits of the aio subsystem.
 *
 * @param pageBytes bytes of one page of the completion ring; Linux: 4096. At least 64, a multiple of 32
 * @param maximumRequests /proc/sys/fs/aio-max-nr: how many requests all contexts together may ask for; Linux: 65536
 * @param ringEvents events that a ring holds, whatever io_setup asked for; 0: by Linux's formula (twice the larger of the
 *     number asked for and 4 per CPU, plus 2, rounded up to whole pages). For programs small enough to be checked
 * @param atomicReferences whether contexts count users and requests in one atomic number each from the start, instead of
 *     per CPU until they are killed; Linux: no. Leaves fewer steps to programs that are to be checked
 * @param cancelGuard what kiocb_set_cancel_fn looks at before it believes that a kiocb is aio's; Linux: the flag
 * @param destroyWaits whether io_destroy waits for the last request; Linux: yes, but from 3.11 until e02ba72aabfa (3.15)
 * @param rings how rings are mapped
 */
public record AioParameters(
    int pageBytes,
    int maximumRequests,
    int ringEvents,
    boolean atomicReferences,
    CancelGuard cancelGuard,
    boolean destroyWaits,
    RingRules rings) {

  /** Ages of kiocb_set_cancel_fn. */
  public enum CancelGuard {

    /** IOCB_AIO_RW first, then the rest (961ebd120565). */
    FLAG,

    /** The same, with ki_ctx loaded before (b820de741ae4; CVE-2024-35815). */
    LATE,

    /** Nothing (CVE-2024-26764). */
    NONE
  }

  /** Linux's values. */
  public static final AioParameters DEFAULT = new AioParameters(4096, 65_536, 0);

  /** With references counted as Linux does. */
  public AioParameters(int pageBytes, int maximumRequests, int ringEvents) {
    this(pageBytes, maximumRequests, ringEvents, false, CancelGuard.FLAG, true, RingRules.DEFAULT);
  }

  public AioParameters {
    if (pageBytes < 64 || pageBytes % CompletionRing.EVENT_BYTES != 0) {
      throw new IllegalArgumentException("page-bytes: expected a multiple of 32 from 64, got " + pageBytes);
    }
    if (maximumRequests < 1) {
      throw new IllegalArgumentException("maximum-requests: expected a positive number, got " + maximumRequests);
    }
    if (ringEvents < 0 || ringEvents == 1) {
      throw new IllegalArgumentException("ring-events: expected 0 or at least 2, got " + ringEvents);
    }
    if (rings.ofFile() && ringEvents == 0) {
      throw new IllegalArgumentException("ring-events: expected a number with rings that are pages of a file, got 0");
    }
  }

  /** The same with rings of exactly {@code events} events. */
  public AioParameters withRingEvents(int events) {
    return new AioParameters(pageBytes, maximumRequests, events, atomicReferences, cancelGuard, destroyWaits, rings);
  }

  /** The same with contexts whose references are counted atomically from the start. */
  public AioParameters withAtomicReferences() {
    return new AioParameters(pageBytes, maximumRequests, ringEvents, true, cancelGuard, destroyWaits, rings);
  }

  /** The same with another kiocb_set_cancel_fn. */
  public AioParameters withCancelGuard(CancelGuard guard) {
    return new AioParameters(pageBytes, maximumRequests, ringEvents, atomicReferences, guard, destroyWaits, rings);
  }

  /** The same with an io_destroy that waits, or does not. */
  public AioParameters withDestroyWaits(boolean waits) {
    return new AioParameters(pageBytes, maximumRequests, ringEvents, atomicReferences, cancelGuard, waits, rings);
  }

  /** The same with rings that are mapped in another way. */
  public AioParameters withRings(RingRules rules) {
    return new AioParameters(
        pageBytes, maximumRequests, ringEvents, atomicReferences, cancelGuard, destroyWaits, rules);
  }

  /** The same with another aio-max-nr. */
  public AioParameters withMaximumRequests(int requests) {
    return new AioParameters(pageBytes, requests, ringEvents, atomicReferences, cancelGuard, destroyWaits, rings);
  }

  /**
   * Number of events of a ring, as ioctx_alloc and aio_setup_ring compute it.
   *
   * @param asked what io_setup was given
   * @param cpus possible CPUs
   */
  long eventsFor(long asked, int cpus) {
    if (ringEvents != 0) {
      return ringEvents;
    }
    long wanted = 2 * Math.max(asked, 4L * cpus) + 2;
    long bytes = CompletionRing.HEADER_BYTES + wanted * CompletionRing.EVENT_BYTES;
    long pages = (bytes + pageBytes - 1) / pageBytes;
    return (pages * pageBytes - CompletionRing.HEADER_BYTES) / CompletionRing.EVENT_BYTES;
  }
}
