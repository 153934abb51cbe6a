package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.kernel.Kernel;

/**
 * Whether a wake that completes a request with an eventfd may drop the last reference, and so signal that eventfd, itself.
 * It must not if it was itself called by an eventfd's signal: the locks of two eventfds would nest, or one would be taken
 * twice. Source: 01d7a356872e (5.6, a count per CPU), b542e383d8c0 (5.15, a bit of the task; aio's test became inverted),
 * 4b3749865374 (5.16-rc5, right again).
 */
enum EventfdDeferral {
  /** Always inline. */
  INLINE,
  /** Deferred where eventfd_signal is not allowed. */
  DEFERRED,
  /** Deferred where it is. */
  INVERTED;

  static EventfdDeferral named(String value) {
    return switch (value) {
      case "deferred" -> DEFERRED;
      case "inverted" -> INVERTED;
      default -> INLINE;
    };
  }

  /** Whether the put of {@code request} must be left to a work item. */
  boolean mustDefer(AioKiocb request, Kernel kernel) {
    return this != INLINE
        && !request.eventfd.refersTo(null)
        && kernel.current().inEventfd().read() == (this == DEFERRED);
  }
}
