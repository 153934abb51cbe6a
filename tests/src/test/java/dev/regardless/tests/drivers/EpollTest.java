package dev.regardless.tests.drivers;

import dev.regardless.drivers.Binder;
import dev.regardless.drivers.Epoll;
import dev.regardless.drivers.Eventfd;
import dev.regardless.drivers.RegularFile;
import dev.regardless.kernel.Kernel;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The epoll row, as a file that is polled and as a poller: one queue, key IN, IN while something on the ready list is. */
class EpollTest {

  private record Both(Epoll epoll, Eventfd eventfd, Binder binder, RegularFile files) {
    Both(Vfs vfs) {
      this(new Epoll(vfs), new Eventfd(vfs), new Binder(vfs),
          new RegularFile(vfs, new RegularFile.Disk(64, 8, 5, 5, 0)));
    }
  }

  private static final long EDGE_TRIGGERED = 1L << 31;
  private static final long ONE_SHOT = 1L << 30;

  /** epoll_wait without waiting: events and data of what it found, in hexadecimal. */
  private static String ready(Both both, File epoll) {
    StringBuilder found = new StringBuilder();
    long count = both.epoll.await(epoll, (index, events, data) -> {
      found.append("%x:%d ".formatted(events, data));
      return true;
    }, 8, 0);
    return count + " " + found.toString().strip();
  }

  @Test
  void anEpollFileIsReadyWhileAFileIs() {
    DriverBench.run(Both::new, (bench, both) -> {
      File epoll = both.epoll.open();
      File counter = both.eventfd.open(0, OpenFlags.NONBLOCK);
      bench.expect("add", 0L, both.epoll.control(epoll, Epoll.ADD, counter, 3, PollEvents.IN, 7));
      PollRecorder recorder = bench.recorder();
      bench.expect("idle", "0", bench.poll(epoll, recorder));
      bench.expect("queues", 1, recorder.queues());
      bench.calls.write(counter, DriverBench.words(8, 1));
      bench.expect("wake", "0:1", recorder.wakes());
      bench.expect("mask", "41", bench.poll(epoll));
      bench.expect("event", "1 1:7", ready(both, epoll));
      bench.expect("level-triggered: again", "1 1:7", ready(both, epoll));
      bench.calls.read(counter, DriverBench.words(8, 0));
      bench.expect("no wake with a key that was not asked for", "", recorder.wakes());
      bench.expect("gone", "0", bench.poll(epoll));
      bench.expect("no event", "0 ", ready(both, epoll));
      recorder.leave();
      bench.vfs.fputSync(counter);
      bench.vfs.fputSync(epoll);
    });
  }

  @Test
  void triggersAndChanges() {
    DriverBench.run(Both::new, (bench, both) -> {
      File epoll = both.epoll.open();
      File counter = both.eventfd.open(1, OpenFlags.NONBLOCK);
      both.epoll.control(epoll, Epoll.ADD, counter, 3, PollEvents.IN | EDGE_TRIGGERED, 1);
      bench.expect("edge", "1 1:1", ready(both, epoll));
      bench.expect("once", "0 ", ready(both, epoll));
      bench.calls.write(counter, DriverBench.words(8, 1));
      bench.expect("next edge", "1 1:1", ready(both, epoll));
      both.epoll.control(epoll, Epoll.MODIFY, counter, 3, PollEvents.IN | ONE_SHOT, 2);
      bench.expect("one shot", "1 1:2", ready(both, epoll));
      bench.calls.write(counter, DriverBench.words(8, 1));
      bench.expect("disabled", "0 ", ready(both, epoll));
      both.epoll.control(epoll, Epoll.MODIFY, counter, 3, PollEvents.IN | PollEvents.OUT, 3);
      bench.expect("armed", "1 5:3", ready(both, epoll));
      bench.expect("delete", 0L, both.epoll.control(epoll, Epoll.DELETE, counter, 3, 0, 0));
      bench.expect("nothing left", "0 ", ready(both, epoll));
      bench.vfs.fputSync(counter);
      bench.vfs.fputSync(epoll);
    });
  }

  @Test
  void wrongCallsAreRefusedInOrder() {
    DriverBench.run(Both::new, (bench, both) -> {
      File epoll = both.epoll.open();
      File other = both.epoll.open();
      File counter = both.eventfd.open(0, OpenFlags.NONBLOCK);
      File regular = both.files.create(OpenFlags.RDWR);
      bench.expect("no poll operation", (long) -Errno.EPERM, both.epoll.control(counter, 9, regular, 4, 0, 0));
      bench.expect("itself", (long) -Errno.EINVAL, both.epoll.control(epoll, Epoll.ADD, epoll, 1, 1, 0));
      bench.expect("no epoll", (long) -Errno.EINVAL, both.epoll.control(counter, Epoll.ADD, epoll, 1, 1, 0));
      bench.expect("delete", (long) -Errno.ENOENT, both.epoll.control(epoll, Epoll.DELETE, counter, 3, 0, 0));
      bench.expect("modify", (long) -Errno.ENOENT, both.epoll.control(epoll, Epoll.MODIFY, counter, 3, 1, 0));
      bench.expect("add", 0L, both.epoll.control(epoll, Epoll.ADD, counter, 3, 1, 0));
      bench.expect("add again", (long) -Errno.EEXIST, both.epoll.control(epoll, Epoll.ADD, counter, 3, 1, 0));
      bench.expect("another descriptor", 0L, both.epoll.control(epoll, Epoll.ADD, counter, 5, 1, 0));
      bench.expect("operation", (long) -Errno.EINVAL, both.epoll.control(epoll, 4, counter, 3, 1, 0));
      bench.expect("nest", 0L, both.epoll.control(epoll, Epoll.ADD, other, 6, 1, 0));
      bench.expect("loop", (long) -Errno.ELOOP, both.epoll.control(other, Epoll.ADD, epoll, 7, 1, 0));
      for (File each : new File[] {counter, regular, epoll, other}) {
        bench.vfs.fputSync(each);
      }
    });
  }

  /** What makes the inner one ready wakes who polls the outer one. */
  @Test
  void nestedEpollFilesPassWakeUpsOn() {
    DriverBench.run(Both::new, (bench, both) -> {
      File inner = both.epoll.open();
      File outer = both.epoll.open();
      File counter = both.eventfd.open(0, OpenFlags.NONBLOCK);
      both.epoll.control(inner, Epoll.ADD, counter, 3, PollEvents.IN, 1);
      both.epoll.control(outer, Epoll.ADD, inner, 4, PollEvents.IN, 2);
      PollRecorder recorder = bench.recorder();
      bench.expect("idle", "0", bench.poll(outer, recorder));
      bench.calls.write(counter, DriverBench.words(8, 1));
      bench.expect("wake", "0:1", recorder.wakes());
      bench.expect("outer", "1 1:2", ready(both, outer));
      bench.expect("inner", "1 1:1", ready(both, inner));
      recorder.leave();
      bench.vfs.fputSync(counter);
      bench.expect("a closed file is watched no more", "0 ", ready(both, inner));
      bench.vfs.fputSync(outer);
      bench.vfs.fputSync(inner);
    });
  }

  /** POLLFREE takes the item's entry off a queue that is about to be freed; the item stays. */
  @Test
  void aQueueThatGoesAwayIsForgotten() {
    DriverBench.run(Both::new, (bench, both) -> {
      File epoll = both.epoll.open();
      File file = both.binder.open();
      both.epoll.control(epoll, Epoll.ADD, file, 3, PollEvents.IN, 1);
      both.binder.exitThread(file);
      bench.sleep(1_000_000);
      bench.expect("who polls now has a new thread, with nothing to do", "0 ", ready(both, epoll));
      bench.expect("removed", 0L, both.epoll.control(epoll, Epoll.DELETE, file, 3, 0, 0));
      bench.vfs.fputSync(file);
      bench.vfs.fputSync(epoll);
    });
  }

  /** One sleeper, one writer: the sleeper always wakes; closing watched file and epoll file at once frees all once. */
  @Test
  void sleepersWakeAndBothEndsMayCloseAtOnce() {
    Programs.always(3, 300, "[1]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 4));
      FileSystemCalls calls = new FileSystemCalls(vfs, files);
      Epoll epoll = new Epoll(vfs);
      Eventfd eventfd = new Eventfd(vfs);
      File watcher = epoll.open();
      int epollFd = files.install(watcher);
      File counter = eventfd.open(0, OpenFlags.NONBLOCK);
      int fd = files.install(counter);
      epoll.control(watcher, Epoll.ADD, counter, fd, PollEvents.IN, 9);
      ScenarioContext.Register got = context.register("got");
      context.thread("sleeper", () -> {
        File mine = files.fget(epollFd);
        got.set(epoll.await(mine, (index, events, data) -> events == 1 && data == 9, 1, -1));
        vfs.fput(mine);
        kernel.exitToUserMode();
        calls.close(epollFd);
      });
      context.thread("writer", () -> {
        calls.write(fd, DriverBench.words(8, 1));
      });
      context.thread("controller", () -> {
        epoll.control(watcher, Epoll.MODIFY, counter, fd, PollEvents.IN | EDGE_TRIGGERED, 9);
      });
    });
  }

  @Test
  void bothFilesMayBeClosedAtOnce() {
    Programs.holds(3, 300, context -> {
      Kernel kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 4));
      FileSystemCalls calls = new FileSystemCalls(vfs, files);
      Epoll epoll = new Epoll(vfs);
      Eventfd eventfd = new Eventfd(vfs);
      File watcher = epoll.open();
      int epollFd = files.install(watcher);
      File counter = eventfd.open(0, OpenFlags.NONBLOCK);
      int fd = files.install(counter);
      epoll.control(watcher, Epoll.ADD, counter, fd, PollEvents.IN, 9);
      context.thread("one", () -> calls.close(epollFd));
      context.thread("other", () -> calls.close(fd));
      context.thread("writer", () -> calls.write(fd, DriverBench.words(8, 1)));
    });
  }
}
