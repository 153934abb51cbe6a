package dev.regardless.tests.drivers;

import dev.regardless.drivers.Eventfd;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.EventfdContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The eventfd row: one queue; write and signal wake with IN, read with OUT, release with HUP; mask by counter. */
class EventfdTest {

  private static final int IN = 0x1;
  private static final int OUT = 0x4;

  /** Takes one word. */
  private static final class Word implements UserBuffer {
    long value;

    Word(long value) {
      this.value = value;
    }

    @Override
    public long length() {
      return 8;
    }

    @Override
    public long load(long offset) {
      return value;
    }

    @Override
    public void store(long offset, long stored) {
      value = stored;
    }
  }

  private static long read(DriverBench bench, File file) {
    Word word = new Word(-77);
    long result = bench.calls.read(file, word);
    return result == 8 ? word.value : result;
  }

  @Test
  void theMaskFollowsTheCounter() {
    DriverBench.run(Eventfd::new, (bench, eventfd) -> {
      File file = eventfd.open(0, OpenFlags.NONBLOCK);
      bench.expect("empty", Integer.toHexString(OUT), bench.poll(file));
      bench.expect("write", 8L, bench.calls.write(file, new Word(3)));
      bench.expect("count 3", Integer.toHexString(IN | OUT), bench.poll(file));
      bench.expect("write", 8L, bench.calls.write(file, new Word(-2 - 3)));
      bench.expect("count max - 1", Integer.toHexString(IN), bench.poll(file));
      bench.expect("no room", (long) -Errno.EAGAIN, bench.calls.write(file, new Word(1)));
      EventfdContext context = file.operations().eventfdContext(file);
      context.signal(0);
      context.put();
      bench.expect("count max", "9", bench.poll(file));
      bench.expect("read", -1L, read(bench, file));
      bench.expect("nothing left", (long) -Errno.EAGAIN, read(bench, file));
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void eachChangeWakesWithItsKey() {
    DriverBench.run(Eventfd::new, (bench, eventfd) -> {
      File file = eventfd.open(0, OpenFlags.NONBLOCK);
      PollRecorder recorder = bench.recorder();
      bench.poll(file, recorder);
      bench.expect("queues", 1, recorder.queues());
      bench.calls.write(file, new Word(2));
      bench.expect("write", "0:1", recorder.wakes());
      read(bench, file);
      bench.expect("read", "0:4", recorder.wakes());
      read(bench, file);
      bench.expect("failed read", "", recorder.wakes());
      EventfdContext context = file.operations().eventfdContext(file);
      context.signal(0);
      bench.expect("signal", "0:1", recorder.wakes());
      context.signal(0x10);
      bench.expect("signal with HUP", "0:11", recorder.wakes());
      bench.vfs.fputSync(file);
      bench.expect("release", "0:10", recorder.wakes());
      recorder.leave();
      context.put();
    });
  }

  @Test
  void semaphoresAreTakenOneByOne() {
    DriverBench.run(Eventfd::new, (bench, eventfd) -> {
      File file = eventfd.open(2, OpenFlags.NONBLOCK | Eventfd.SEMAPHORE);
      bench.expect("first", 1L, read(bench, file));
      bench.expect("second", 1L, read(bench, file));
      bench.expect("third", (long) -Errno.EAGAIN, read(bench, file));
      File counter = eventfd.open(2, OpenFlags.NONBLOCK);
      bench.expect("all", 2L, read(bench, counter));
      bench.vfs.fputSync(file);
      bench.vfs.fputSync(counter);
    });
  }

  @Test
  void argumentsAreChecked() {
    DriverBench.run(Eventfd::new, (bench, eventfd) -> {
      File file = eventfd.open(0, OpenFlags.NONBLOCK);
      bench.expect("short read", (long) -Errno.EINVAL, bench.calls.read(file, DriverBench.words(4, 0)));
      bench.expect("short write", (long) -Errno.EINVAL, bench.calls.write(file, DriverBench.words(4, 0)));
      bench.expect("long write", (long) -Errno.EINVAL, bench.calls.write(file, DriverBench.words(16, 0)));
      bench.expect("all ones", (long) -Errno.EINVAL, bench.calls.write(file, new Word(-1)));
      bench.expect("zero", 8L, bench.calls.write(file, new Word(0)));
      bench.expect("still empty", "4", bench.poll(file));
      bench.vfs.fputSync(file);
    });
  }

  /** A blocked reader and a blocked writer are let on, whatever the order. */
  @Test
  void blockingCallsWait() {
    Programs.always(2, 300, "[5, 8]", context -> {
      dev.regardless.kernel.Kernel kernel = new dev.regardless.kernel.Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 2));
      FileSystemCalls calls = new FileSystemCalls(vfs, files);
      Eventfd eventfd = new Eventfd(vfs);
      files.install(eventfd.open(0, 0));
      ScenarioContext.Register got = context.register("got");
      ScenarioContext.Register wrote = context.register("wrote");
      context.thread("reader", () -> {
        Word word = new Word(0);
        calls.read(0, word);
        got.set(word.value);
      });
      context.thread("writer", () -> {
        calls.write(0, new Word(5));
        wrote.set(calls.write(0, new Word(-2)));
      });
    });
  }
}
