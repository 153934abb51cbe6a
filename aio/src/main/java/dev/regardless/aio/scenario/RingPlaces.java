package dev.regardless.aio.scenario;

import dev.regardless.aio.CompletionRing;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;

/** Where in an address space a ring is, and where it may be moved: a page reserved by the program. */
final class RingPlaces {

  private static final int MAGIC_OFFSET = 16;

  private final UserSpace space;
  private final long from;
  private final UserPages reserved;
  private final long to;

  /** Reserves a page beside the ring at {@code from}; set-up only. */
  RingPlaces(ScenarioContext scenario, UserSpace space, long from) {
    this.space = space;
    this.from = from;
    this.reserved = scenario.create("reserved_pages", cells -> new UserPages(cells, 0));
    this.to = space.map(reserved);
  }

  private RingPlaces(UserSpace space, RingPlaces parent) {
    this.space = space;
    this.from = parent.from;
    this.reserved = parent.reserved;
    this.to = parent.to;
  }

  /** fork: the same addresses in the memory of a child, which has no mappings yet; set-up only. */
  RingPlaces in(UserSpace child) {
    space.copyTo(child);
    return new RingPlaces(child, this);
  }

  /** The reserved page's address. */
  long to() {
    return to;
  }

  /** mremap of the ring's first {@code bytes} bytes to the reserved page. */
  long move(long bytes) {
    return space.move(from, bytes, to);
  }

  /** Whether a program that reads the ring's header at an address finds a ring, nothing, or SIGBUS; never something else. */
  boolean isRingOrNothing(long address) {
    long magic = address + MAGIC_OFFSET;
    long found = space.covers(magic, Integer.BYTES) ? space.load(magic, Integer.BYTES) : 0;
    return found == CompletionRing.MAGIC || found == 0;
  }

  /** Whether in the end the ring is where it was, and the reserved page too. */
  boolean nothingMoved() {
    return space.isMappedAt(from) && space.pages(to) == reserved;
  }

  /** Whether in the end the ring is at its new address alone. */
  boolean moved() {
    return space.pages(from) == null && space.pages(to) != null && space.pages(to) != reserved;
  }

  /** Whether in the end no ring is mapped at either address. */
  boolean noRing() {
    return space.pages(from) == null && (space.pages(to) == null || space.pages(to) == reserved);
  }
}
