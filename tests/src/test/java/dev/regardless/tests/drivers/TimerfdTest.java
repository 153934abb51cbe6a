package dev.regardless.tests.drivers;

import dev.regardless.drivers.Timerfd;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import org.junit.jupiter.api.Test;

/** The timerfd row: one queue, woken with IN at expiry; IN while there are ticks. */
class TimerfdTest {

  @Test
  void expiryMakesReadableAndWakes() {
    DriverBench.run(Timerfd::new, (bench, timerfd) -> {
      File file = timerfd.open(OpenFlags.NONBLOCK);
      PollRecorder recorder = bench.recorder();
      bench.expect("disarmed", "0", bench.poll(file, recorder));
      bench.expect("queues", 1, recorder.queues());
      bench.expect("nothing yet", (long) -Errno.EAGAIN, bench.calls.read(file, DriverBench.words(8, 0)));
      timerfd.setTime(file, 1_000, 0);
      bench.sleep(1_000_000);
      bench.expect("expiry", "0:1", recorder.wakes());
      bench.expect("expired", "1", bench.poll(file));
      bench.expect("too small", (long) -Errno.EINVAL, bench.calls.read(file, DriverBench.words(4, 0)));
      bench.expect("read", 8L, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("read off", "0", bench.poll(file));
      bench.expect("not writable", (long) -Errno.EINVAL, bench.calls.write(file, DriverBench.words(8, 0)));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void disarmingAndSettingAgainForgetsTicks() {
    DriverBench.run(Timerfd::new, (bench, timerfd) -> {
      File file = timerfd.open(OpenFlags.NONBLOCK);
      timerfd.setTime(file, 1_000, 0);
      bench.sleep(1_000_000);
      timerfd.setTime(file, 1_000_000_000, 0);
      bench.expect("set again", "0", bench.poll(file));
      timerfd.setTime(file, 0, 0);
      bench.sleep(1_000_000);
      bench.expect("disarmed", "0", bench.poll(file));
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void anIntervalGoesOnAfterEachRead() {
    DriverBench.run(Timerfd::new, (bench, timerfd) -> {
      File file = timerfd.open(0);
      timerfd.setTime(file, 1_000, 2_000);
      for (int i = 0; i < 3; i++) {
        bench.expect("blocking read", 8L, bench.calls.read(file, DriverBench.words(8, 0)));
      }
      timerfd.setTime(file, 0, 0);
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void closingAnArmedOneIsQuiet() {
    DriverBench.run(Timerfd::new, (bench, timerfd) -> {
      File file = timerfd.open(0);
      timerfd.setTime(file, 10, 0);
      bench.vfs.fputSync(file);
    });
  }
}
