package dev.regardless.aio.scenario;

import dev.regardless.aio.CompletionRing;
import dev.regardless.kernel.SmpBarriers;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserSpace;

/** The ring of one poll as a program in user space reads it, by address: poll 0, for EPOLLIN. */
final class RingView {

  private static final int HEAD_OFFSET = 8;
  private static final int TAIL_OFFSET = 12;
  private static final int RES_OFFSET = 16;

  private final Scene scene;
  private final UserSpace space;
  private final long address;
  private final SmpBarriers smp;

  RingView(Scene scene, UserSpace space, long address) {
    this.scene = scene;
    this.space = space;
    this.address = address;
    this.smp = new SmpBarriers(scene.vfs().kernel().machine());
  }

  /** Whether there is an event; one that is there must be that of poll 0. */
  boolean checkPublished() {
    long tail = space.load(address + TAIL_OFFSET, Integer.BYTES);
    if (tail == 0) {
      return false;
    }
    smp.rmb();
    long event = address + CompletionRing.HEADER_BYTES;
    scene.require(tail == 1, "the ring's tail is " + tail);
    scene.require(space.load(event, Long.BYTES) == 0, "the event's data is not that of poll 0");
    scene.require(space.load(event + RES_OFFSET, Long.BYTES) == PollEvents.IN, "the event's result is not EPOLLIN");
    return true;
  }

  /** Takes the event. */
  void advanceHead() {
    space.store(address + HEAD_OFFSET, Integer.BYTES, 1);
  }
}
