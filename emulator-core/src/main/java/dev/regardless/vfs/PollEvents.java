package dev.regardless.vfs;

/** Poll bits (include/uapi/linux/eventpoll.h, asm-generic/poll.h; 6.x). On x86 and arm64 EPOLLx equals POLLx. */
public final class PollEvents {

  public static final int IN = 0x1;
  public static final int PRI = 0x2;
  public static final int OUT = 0x4;
  public static final int ERR = 0x8;
  public static final int HUP = 0x10;
  public static final int NVAL = 0x20;
  public static final int RDNORM = 0x40;
  public static final int RDBAND = 0x80;
  public static final int WRNORM = 0x100;
  public static final int WRBAND = 0x200;
  public static final int MSG = 0x400;
  public static final int RDHUP = 0x2000;

  /** POLLFREE: the queue is about to be freed; kernel-internal, only ever in wake keys. */
  public static final int POLLFREE = 0x4000;

  /** DEFAULT_POLLMASK: what a file without a poll operation reports. */
  public static final int DEFAULT_POLLMASK = IN | OUT | RDNORM | WRNORM;

  /** The twelve bits that mangle_poll and demangle_poll map. */
  public static final int NAMED = IN | PRI | OUT | ERR | HUP | NVAL | RDNORM | RDBAND | WRNORM | WRBAND | MSG | RDHUP;

  private PollEvents() {}

  /** mangle_poll (include/linux/poll.h): kernel bits to the 16 bits of user space. */
  public static int mangle(int events) {
    return events & NAMED;
  }

  /** demangle_poll: bits from user space to kernel bits. */
  public static int demangle(int events) {
    return events & NAMED;
  }
}
