package dev.regardless.tests.drivers;

import dev.regardless.drivers.Inotify;
import dev.regardless.drivers.RandomDevice;
import dev.regardless.drivers.Signalfd;
import dev.regardless.drivers.Terminal;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollTable;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The rows of inotify, /dev/random, terminals and signalfd: queues, keys, masks. */
class NotificationFilesTest {

  @Test
  void inotifyWakesWithoutKey() {
    DriverBench.run(Inotify::new, (bench, inotify) -> {
      File file = inotify.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("quiet", "0", bench.poll(file, recorder));
      bench.expect("queues", 1, recorder.queues());
      bench.expect("no event", (long) -Errno.EAGAIN, bench.calls.read(file, DriverBench.words(64, 0)));
      inotify.insertEvent(file);
      inotify.insertEvent(file);
      bench.expect("wakes", "0:0 0:0", recorder.wakes());
      bench.expect("events", "41", bench.poll(file));
      bench.expect("too small", (long) -Errno.EINVAL, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("two events", 32L, bench.calls.read(file, DriverBench.words(64, 0)));
      bench.expect("quiet again", "0", bench.poll(file));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void theOldRandomDeviceHasTwoQueues() {
    DriverBench.run(vfs -> new RandomDevice(vfs, true), (bench, random) -> {
      File file = random.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("empty", "104", bench.poll(file, recorder));
      bench.expect("queues", 2, recorder.queues());
      random.credit(63);
      bench.expect("too little", "", recorder.wakes());
      bench.expect("read", (long) -Errno.EAGAIN, bench.calls.read(file, DriverBench.words(8, 0)));
      random.credit(1);
      bench.expect("enough", "0:0", recorder.wakes());
      bench.expect("both", "145", bench.poll(file));
      bench.expect("read", 8L, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("low again", "1:0", recorder.wakes());
      random.credit(2_000);
      bench.expect("full", "41", bench.poll(file));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void theNewRandomDeviceHasOneQueue() {
    DriverBench.run(vfs -> new RandomDevice(vfs, false), (bench, random) -> {
      File file = random.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("not ready", "104", bench.poll(file, recorder));
      bench.expect("queues", 1, recorder.queues());
      random.credit(64);
      bench.expect("ready", "0:0", recorder.wakes());
      bench.expect("mask", "41", bench.poll(file));
      bench.expect("read", 8L, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("for good", "41", bench.poll(file));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void terminalsAlwaysHaveTwoQueues() {
    DriverBench.run(vfs -> new Terminal(vfs, 16), (bench, terminal) -> {
      File file = terminal.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("idle", "104", bench.poll(file, recorder));
      bench.expect("queues", 2, recorder.queues());
      terminal.receive(file, 3);
      bench.expect("input", "0:41", recorder.wakes());
      bench.expect("readable", "145", bench.poll(file));
      bench.expect("read", 3L, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("write", 16L, bench.calls.write(file, DriverBench.words(24, 0)));
      bench.expect("no room", "0", bench.poll(file));
      bench.expect("write", (long) -Errno.EAGAIN, bench.calls.write(file, DriverBench.words(8, 0)));
      terminal.sent(file);
      bench.expect("output", "1:4", recorder.wakes());
      terminal.packetStatus(file);
      bench.expect("packet", "0:2", recorder.wakes());
      bench.expect("packet mask", "147", bench.poll(file));
      bench.calls.read(file, DriverBench.words(8, 0));
      terminal.hangup(file);
      bench.expect("hangup", "1:4 0:1", recorder.wakes());
      bench.expect("hung up", "114", bench.poll(file));
      bench.expect("end of file", 0L, bench.calls.read(file, DriverBench.words(8, 0)));
      bench.expect("write", (long) -Errno.EIO, bench.calls.write(file, DriverBench.words(8, 0)));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void signalfdAnswersForWhoeverAsks() {
    DriverBench.run(Signalfd::new, (bench, signalfd) -> {
      signalfd.enter(bench.kernel.current());
      File file = signalfd.open(1L << 10 | 1L << 12, OpenFlags.NONBLOCK);
      PollRecorder recorder = bench.recorder();
      bench.expect("quiet", "0", bench.poll(file, recorder));
      bench.expect("queues", 1, recorder.queues());
      signalfd.send(bench.kernel.current(), 11);
      bench.expect("any signal wakes", "0:0", recorder.wakes());
      bench.expect("but not in the mask", "0", bench.poll(file));
      signalfd.send(bench.kernel.current(), 12);
      bench.expect("in the mask", "1", bench.poll(file));
      bench.expect("too small", (long) -Errno.EINVAL, bench.calls.read(file, DriverBench.words(64, 0)));
      bench.expect("read", 128L, bench.calls.read(file, DriverBench.words(128, 0)));
      bench.expect("taken", (long) -Errno.EAGAIN, bench.calls.read(file, DriverBench.words(128, 0)));
      recorder.wakes();
      recorder.leave();
      signalfd.leave(bench.kernel.current());
      bench.vfs.fputSync(file);
    });
  }

  /** Threads of one process share what is sent to it, and the queue; a worker has neither. */
  @Test
  void signalsOfAProcessAreTakenByWhoeverReadsFirst() {
    DriverBench.run(Signalfd::new, (bench, signalfd) -> {
      File first = signalfd.open(1L << 10, OpenFlags.NONBLOCK);
      File second = signalfd.open(1L << 10 | 1L << 12, OpenFlags.NONBLOCK);
      PollRecorder onFirst = bench.recorder();
      PollRecorder onSecond = bench.recorder();
      bench.expect("quiet", "0", bench.poll(first, onFirst));
      bench.expect("quiet", "0", bench.poll(second, onSecond));
      signalfd.sendToProcess(12);
      bench.expect("one queue", "0:0", onFirst.wakes());
      bench.expect("for both", "0:0", onSecond.wakes());
      bench.expect("not in the mask", "0", bench.poll(first));
      bench.expect("in the mask", "1", bench.poll(second));
      signalfd.sendToProcess(10);
      bench.expect("read", 128L, bench.calls.read(first, DriverBench.words(128, 0)));
      bench.expect("taken", (long) -Errno.EAGAIN, bench.calls.read(first, DriverBench.words(128, 0)));
      bench.expect("the other is left", true, signalfd.take(second));
      bench.expect("none is left", false, signalfd.take(second));
      onFirst.leave();
      onSecond.leave();
      bench.vfs.fputSync(first);
      bench.vfs.fputSync(second);
    });
  }

  /** A poller that keeps its entry queued until POLLFREE takes it off, as aio's since 5.16. */
  private static final class Keeper extends KernelObject implements PollTable {
    private final WaitQueueEntry entry;

    Keeper(CellFactory cells, Counted counted) {
      super(cells);
      this.entry = new WaitQueueEntry(cells.embedded(this, "entry"), (waiting, mode, flags, key) -> {
        if ((key & 0x4000) != 0) {
          counted.pollfree.increment();
          waiting.entry().deleteInit();
        }
        return 0;
      });
    }

    @Override
    public boolean hasQueueProc() {
      return true;
    }

    @Override
    public void queueProc(File file, WaitQueueHead head) {
      entry.init(null);
      head.addWaitQueue(entry);
    }

    @Override
    public long key() {
      return -1;
    }
  }

  private static final class Counted extends KernelObject {
    private final dev.regardless.kernel.AtomicCell pollfree;

    Counted(CellFactory cells) {
      super(cells);
      pollfree = new dev.regardless.kernel.AtomicCell(cells, "pollfree");
    }
  }

  /** The polling task exits while another sends it signals: everybody is told once, nothing freed is touched. */
  @Test
  void pollfreeEndsThePollOfATaskThatExits() {
    Programs.always(2, 300, "[1]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      Signalfd signalfd = new Signalfd(vfs);
      Counted counted = kernel.create("counted", Counted::new);
      Keeper keeper = kernel.create("keeper", cells -> new Keeper(cells, counted));
      ScenarioContext.Register told = context.register("told");
      context.thread("poller", () -> {
        signalfd.enter(kernel.current());
        File file = signalfd.open(1L << 10, 0);
        if (vfs.poll(file, keeper) > 1) {
          context.machine().violation(PropertyKind.ASSERTION, "unexpected events");
        }
        signalfd.leave(kernel.current());
        vfs.fputSync(file);
      });
      context.thread("sender", () -> signalfd.send(kernel.task(0), 10));
      context.atEnd(() -> told.set(counted.pollfree.read()));
    });
  }
}
