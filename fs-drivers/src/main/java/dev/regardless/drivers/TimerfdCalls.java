package dev.regardless.drivers;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.program.UserProcess;

/** timerfd_create and timerfd_settime at ABI level: fs/timerfd.c (6.x). A nanosecond is a cycle of virtual time. */
final class TimerfdCalls {

  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int CLOCK_BOOTTIME_ALARM = 9;
  private static final int TFD_TIMER_ABSTIME = 1;
  private static final int TFD_TIMER_CANCEL_ON_SET = 2;
  private static final long SECOND = 1_000_000_000L;
  private static final int ITIMERSPEC_BYTES = 32;

  /** Longer ones are as good as for ever. */
  private static final long MOST_SECONDS = 1_000_000_000L;

  private final UserProcess process;
  private final Timerfd timerfd;

  TimerfdCalls(UserProcess process, Timerfd timerfd) {
    this.process = process;
    this.timerfd = timerfd;
  }

  long create(int clock, int flags) {
    boolean known = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC
        || (clock >= CLOCK_BOOTTIME && clock <= CLOCK_BOOTTIME_ALARM);
    if ((flags & ~(OpenFlags.CLOEXEC | OpenFlags.NONBLOCK)) != 0 || !known) {
      return -Errno.EINVAL;
    }
    return process.calls().installNew(timerfd.open(flags & OpenFlags.NONBLOCK));
  }

  /** struct itimerspec: interval, value. An absolute time has passed: no program runs for as long as the machine was up. */
  long setTime(int fd, int flags, long value, long old) {
    UserSpace space = process.space();
    if (!space.covers(value, ITIMERSPEC_BYTES)) {
      return -Errno.EFAULT;
    }
    long[] spec = new long[4];
    for (int i = 0; i < spec.length; i++) {
      spec[i] = space.load(value + (long) i * Long.BYTES, Long.BYTES);
    }
    boolean valid = (flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) == 0;
    for (int i = 0; i < spec.length; i += 2) {
      valid &= spec[i] >= 0 && spec[i + 1] >= 0 && spec[i + 1] < SECOND;
    }
    if (!valid) {
      return -Errno.EINVAL;
    }
    File file = process.files().fget(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    long result = timerfd.owns(file) ? 0 : -Errno.EINVAL;
    if (result == 0) {
      long delay = cycles(spec[2], spec[3]);
      boolean past = (flags & TFD_TIMER_ABSTIME) != 0 && delay != 0;
      timerfd.setTime(file, past ? 1 : delay, cycles(spec[0], spec[1]));
      if (old != 0 && !space.covers(old, ITIMERSPEC_BYTES)) {
        result = -Errno.EFAULT;
      }
    }
    process.vfs().fput(file);
    process.kernel().exitToUserMode();
    return result;
  }

  private static long cycles(long seconds, long nanoseconds) {
    return Math.min(seconds, MOST_SECONDS) * SECOND + nanoseconds;
  }
}
