package dev.regardless.tests.drivers;

import dev.regardless.drivers.FilePair;
import dev.regardless.drivers.Pipe;
import dev.regardless.kernel.Kernel;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The pipe rows: queues by mode and version, keys of each change, masks of both ends, splice's keyless wakes. */
class PipeTest {

  private static final int READ = OpenFlags.RDONLY | OpenFlags.NONBLOCK;
  private static final int WRITE = OpenFlags.WRONLY | OpenFlags.NONBLOCK;
  private static final int BOTH = OpenFlags.RDWR | OpenFlags.NONBLOCK;

  private static Pipe modern(Vfs vfs) {
    return new Pipe(vfs, 2, 16, true);
  }

  private static Pipe old(Vfs vfs) {
    return new Pipe(vfs, 2, 16, false);
  }

  private static final UserBuffer WORD = UserBuffer.constant(8, 0x0807060504030201L);
  private static final UserBuffer FULL = UserBuffer.constant(32, 9);

  /** A buffer of bytes. */
  private static final class Bytes implements UserBuffer {
    final long[] words;
    final long length;

    Bytes(long length) {
      this.length = length;
      this.words = new long[(int) (length + 7) / 8];
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public long load(long offset) {
      return words[(int) offset / 8];
    }

    @Override
    public void store(long offset, long value) {
      words[(int) offset / 8] = value;
    }
  }

  @Test
  void masksOfBothEnds() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File reading = pipe.openEnd(inode, READ);
      File writing = pipe.openEnd(inode, WRITE);
      bench.expect("empty, read end", "0", bench.poll(reading));
      bench.expect("empty, write end", "104", bench.poll(writing));
      bench.calls.write(writing, WORD);
      bench.expect("some, read end", "41", bench.poll(reading));
      bench.expect("some, write end", "104", bench.poll(writing));
      bench.calls.write(writing, WORD);
      bench.calls.write(writing, WORD);
      bench.expect("full, write end", "0", bench.poll(writing));
      bench.vfs.fputSync(writing);
      bench.expect("no writer, data", "51", bench.poll(reading));
      bench.expect("drain", 24L, bench.calls.read(reading, FULL));
      bench.expect("no writer", "10", bench.poll(reading));
      bench.expect("end of file", 0L, bench.calls.read(reading, FULL));
      bench.vfs.fputSync(reading);
    });
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File reading = pipe.openEnd(inode, READ);
      File writing = pipe.openEnd(inode, WRITE);
      bench.vfs.fputSync(reading);
      bench.expect("no reader", "10c", bench.poll(writing));
      bench.expect("EPIPE", (long) -Errno.EPIPE, bench.calls.write(writing, WORD));
      bench.expect("SIGPIPE", true, bench.kernel.current().dequeueSignal(13));
      bench.vfs.fputSync(writing);
    });
  }

  @Test
  void queuesByModeAndVersion() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> assertQueues(bench, pipe, 1, 1, 2));
    DriverBench.run(PipeTest::old, (bench, pipe) -> assertQueues(bench, pipe, 1, 1, 1));
  }

  private static void assertQueues(DriverBench bench, Pipe pipe, int... queues) {
    KernelObject inode = pipe.create();
    int[] flags = {READ, WRITE, BOTH};
    File[] files = new File[3];
    for (int i = 0; i < 3; i++) {
      files[i] = pipe.openEnd(inode, flags[i]);
      PollRecorder recorder = bench.recorder();
      bench.poll(files[i], recorder);
      bench.expect("queues of " + flags[i], queues[i], recorder.queues());
      recorder.leave();
    }
    for (File file : files) {
      bench.vfs.fputSync(file);
    }
  }

  @Test
  void twoQueuesCarryTheirOwnKeys() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File reading = pipe.openEnd(inode, READ);
      File writing = pipe.openEnd(inode, WRITE);
      PollRecorder reader = bench.recorder();
      PollRecorder writer = bench.recorder();
      bench.poll(reading, reader);
      bench.poll(writing, writer);
      bench.calls.write(writing, FULL);
      bench.expect("write, readers", "0:41", reader.wakes());
      bench.expect("write, writers", "", writer.wakes());
      bench.calls.read(reading, WORD);
      bench.expect("read within a page, writers", "", writer.wakes());
      bench.calls.read(reading, WORD);
      bench.expect("read that frees a page of a full ring, writers", "0:104", writer.wakes());
      bench.calls.read(reading, FULL);
      bench.expect("read of a ring not full, writers", "", writer.wakes());
      bench.expect("reads, readers", "", reader.wakes());
      bench.vfs.fputSync(writing);
      bench.expect("last writer's close, readers", "0:0", reader.wakes());
      bench.expect("last writer's close, writers", "0:0", writer.wakes());
      reader.leave();
      writer.leave();
      bench.vfs.fputSync(reading);
    });
  }

  @Test
  void oneQueueCarriesAllKeys() {
    DriverBench.run(PipeTest::old, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File reading = pipe.openEnd(inode, READ);
      File writing = pipe.openEnd(inode, WRITE);
      PollRecorder reader = bench.recorder();
      bench.poll(reading, reader);
      bench.calls.write(writing, FULL);
      bench.expect("write", "0:41", reader.wakes());
      bench.calls.read(reading, FULL);
      bench.expect("read", "0:104", reader.wakes());
      bench.vfs.fputSync(writing);
      bench.expect("close", "0:15d", reader.wakes());
      reader.leave();
      bench.vfs.fputSync(reading);
    });
  }

  @Test
  void spliceWakesWithoutKey() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File both = pipe.openEnd(inode, BOTH);
      PollRecorder recorder = bench.recorder();
      bench.poll(both, recorder);
      bench.expect("splice in", 8L, pipe.spliceTo(both, WORD));
      bench.expect("readers", "0:0", recorder.wakes());
      bench.expect("splice out", 8L, pipe.spliceFrom(both, WORD));
      bench.expect("writers", "1:0", recorder.wakes());
      bench.expect("nothing left", (long) -Errno.EAGAIN, pipe.spliceFrom(both, WORD));
      bench.expect("nobody woken", "", recorder.wakes());
      recorder.leave();
      bench.vfs.fputSync(both);
    });
  }

  @Test
  void bytesComeOutInOrder() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File both = pipe.openEnd(inode, BOTH);
      Bytes three = new Bytes(3);
      three.words[0] = 0x332211;
      Bytes five = new Bytes(5);
      five.words[0] = 0x8877665544L;
      bench.expect("three", 3L, bench.calls.write(both, three));
      bench.expect("five, merged", 5L, bench.calls.write(both, five));
      Bytes one = new Bytes(1);
      one.words[0] = 0xff00;
      bench.expect("one", 1L, bench.calls.read(both, one));
      bench.expect("its byte alone", 0xff11L, one.words[0]);
      Bytes rest = new Bytes(16);
      bench.expect("rest", 7L, bench.calls.read(both, rest));
      bench.expect("its bytes", 0x88776655443322L, rest.words[0]);
      bench.vfs.fputSync(both);
    });
  }

  @Test
  void nonblockingCallsFail() {
    DriverBench.run(PipeTest::modern, (bench, pipe) -> {
      KernelObject inode = pipe.create();
      File reading = pipe.openEnd(inode, READ);
      File writing = pipe.openEnd(inode, WRITE);
      bench.expect("empty", (long) -Errno.EAGAIN, bench.calls.read(reading, WORD));
      bench.expect("part", 32L, bench.calls.write(writing, UserBuffer.constant(40, 1)));
      bench.expect("full", (long) -Errno.EAGAIN, bench.calls.write(writing, WORD));
      bench.expect("wrong end", (long) -Errno.EBADF, bench.calls.write(reading, WORD));
      bench.expect("wrong end", (long) -Errno.EBADF, bench.calls.read(writing, WORD));
      bench.expect("nothing asked", 0L, bench.calls.read(reading, UserBuffer.constant(0, 0)));
      bench.vfs.fputSync(reading);
      bench.vfs.fputSync(writing);
    });
  }

  /** More bytes than the pipe holds pass through it between blocking ends, in both versions. */
  @Test
  void blockingEndsPassEverythingOn() {
    for (boolean twoQueues : new boolean[] {true, false}) {
      Programs.always(2, 150, "[64, 64, 0]", context -> {
        Kernel kernel = new Kernel(context.machine());
        Vfs vfs = new Vfs(kernel);
        FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 2));
        FileSystemCalls calls = new FileSystemCalls(vfs, files);
        Pipe pipe = new Pipe(vfs, 2, 8, twoQueues);
        KernelObject inode = pipe.create();
        files.install(pipe.openEnd(inode, OpenFlags.RDONLY));
        files.install(pipe.openEnd(inode, OpenFlags.WRONLY));
        ScenarioContext.Register written = context.register("written");
        ScenarioContext.Register read = context.register("read");
        ScenarioContext.Register end = context.register("end");
        context.thread("writer", () -> {
          written.set(calls.write(1, UserBuffer.constant(64, 3)));
          calls.close(1);
        });
        context.thread("reader", () -> {
          long sum = 0;
          long bytes = calls.read(0, FULL);
          while (bytes > 0) {
            sum += bytes;
            bytes = calls.read(0, FULL);
          }
          read.set(sum);
          end.set(bytes);
          calls.close(0);
        });
      });
    }
  }

  /** Both ends are closed at once: whoever is the last frees the pipe, and the other still unlocks its mutex before that. */
  @Test
  void thePipeOutlivesBothUnlocks() {
    Programs.holds(2, 3_000, context -> {
      Vfs vfs = new Vfs(new Kernel(context.machine()));
      FilePair ends = new Pipe(vfs, 1, 8, true).openBoth(0);
      context.thread("reader", () -> vfs.fputSync(ends.first()));
      context.thread("writer", () -> vfs.fputSync(ends.second()));
    });
  }
}
