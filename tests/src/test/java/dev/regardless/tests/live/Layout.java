package dev.regardless.tests.live;

/** Where programs keep what, in bytes of their memory. */
final class Layout {

  static final int HANDLES = 0;
  static final int PAIRS = 64;
  static final int IOCBS = 8;
  private static final int FIRST_IOCB = 128;
  private static final int POINTERS = 640;
  static final int ZERO_TIME = 704;
  static final int SHORT_TIME = 720;
  static final int NEGATIVE_TIME = 736;
  static final int LONG_TIME = 752;
  static final int SOON = 768;
  static final int LATE = 800;
  static final int NO_TIMER = 832;
  static final int BAD_TIMER = 864;
  static final int POLLFDS = 896;
  static final int SIGSET_POINTER = 960;
  static final int SIGSET = 976;
  static final int EVENTS = 1024;
  static final int SOURCE = 1280;
  static final int TARGET = 1536;
  static final int IOVECS = 2048;

  private Layout() {}

  static int iocb(int index) {
    return FIRST_IOCB + 64 * index;
  }

  static int pointer(int index) {
    return POINTERS + 8 * index;
  }
}
