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
 * @param rings how rings are mapped
 */
public record AioParameters(
    int pageBytes, int maximumRequests, int ringEvents, boolean atomicReferences, RingRules rings) {

  /** Linux's values. */
  public static final AioParameters DEFAULT = new AioParameters(4096, 65_536, 0);

  /** With references counted as Linux does. */
  public AioParameters(int pageBytes, int maximumRequests, int ringEvents) {
    this(pageBytes, maximumRequests, ringEvents, false, RingRules.DEFAULT);
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
    return new AioParameters(pageBytes, maximumRequests, events, atomicReferences, rings);
  }

  /** The same with contexts whose references are counted atomically from the start. */
  public AioParameters withAtomicReferences() {
    return new AioParameters(pageBytes, maximumRequests, ringEvents, true, rings);
  }

  /** The same with rings that are mapped in another way. */
  public AioParameters withRings(RingRules rules) {
    return new AioParameters(pageBytes, maximumRequests, ringEvents, atomicReferences, rules);
  }

  /** The same with another aio-max-nr. */
  public AioParameters withMaximumRequests(int requests) {
    return new AioParameters(pageBytes, requests, ringEvents, atomicReferences, rings);
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
