package dev.regardless.tests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.vfs.PollEvents;
import org.junit.jupiter.api.Test;

/** mangle_poll and demangle_poll: twelve bits, the same on both sides on x86 and arm64. */
class PollEventsTest {

  private static final int TWELVE = 0x27ff;

  @Test
  void twelveBitsPass() {
    assertEquals(12, Integer.bitCount(TWELVE));
    for (int events = 0; events <= 0xffff; events++) {
      assertEquals(events & TWELVE, PollEvents.mangle(events));
      assertEquals(events & TWELVE, PollEvents.demangle(events));
    }
  }

  /** What the kernel keeps to itself never reaches user space. */
  @Test
  void pollfreeIsNotOneOfThem() {
    assertEquals(PollEvents.HUP, PollEvents.mangle(PollEvents.HUP | PollEvents.POLLFREE));
  }
}
