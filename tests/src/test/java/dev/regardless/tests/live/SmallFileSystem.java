package dev.regardless.tests.live;

import java.lang.foreign.Arena;

/** A tmpfs of four pages that is mounted nowhere, so that nobody else meets it; made when it is first needed. */
final class SmallFileSystem implements AutoCloseable {

  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;
  private static final int O_TMPFILE = 0x41_0000;

  private long mount = -1;

  /** Why there cannot be one; empty if there can. */
  static String unavailable() {
    try (SmallFileSystem probe = new SmallFileSystem()) {
      long fd = probe.open(2);
      if (fd >= 0) {
        LinuxKernel.call("close", fd);
      }
      return fd >= 0 ? "" : "fsopen, fsmount or openat on a tmpfs of our own returned " + fd;
    }
  }

  /** An unnamed file on it: a descriptor, or a negated errno. */
  long open(long flags) {
    try (Arena arena = Arena.ofConfined()) {
      if (mount < 0) {
        long context = LinuxKernel.call("fsopen", arena.allocateFrom("tmpfs").address(), 0);
        if (context < 0) {
          return context;
        }
        LinuxKernel.call("fsconfig", context, FSCONFIG_SET_STRING, arena.allocateFrom("size").address(),
            arena.allocateFrom("16384").address(), 0);
        LinuxKernel.call("fsconfig", context, FSCONFIG_CMD_CREATE, 0, 0, 0);
        mount = LinuxKernel.call("fsmount", context, 0, 0);
        LinuxKernel.call("close", context);
      }
      return mount < 0
          ? mount
          : LinuxKernel.call("openat", mount, arena.allocateFrom(".").address(), flags | O_TMPFILE, 0600);
    }
  }

  @Override
  public void close() {
    if (mount >= 0) {
      LinuxKernel.call("close", mount);
    }
  }
}
