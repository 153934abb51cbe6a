package dev.regardless.aio;

/** What keeps a ring that moves, is inherited or migrates from harm (AIO facts B24); each can be left out. */
public enum RingGuard {

  /** aio_ring_mremap may refuse, and does so for a context that is being killed (b2edffdd912b, April 2015). */
  REFUSAL,

  /** aio_ring_mremap looks whether the process has a table of contexts at all (81e9d6f86476, 6.2). */
  TABLE,

  /** aio_ring_mremap refuses to move a part of the ring (3adf7ae18bf4, April 2026). */
  WHOLE,

  /** aio_migrate_folio holds completion_lock while it copies (36bc08cc0170, 3.12). */
  COMPLETION_LOCK,

  /** aio_migrate_folio tries ring_lock (fa8a53c39f3f, 3.15). */
  RING_LOCK
}
