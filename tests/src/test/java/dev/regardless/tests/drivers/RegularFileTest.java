package dev.regardless.tests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.drivers.RegularFile;
import dev.regardless.drivers.RegularFile.Disk;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegularFileTest {

  private static final Disk DISK = new Disk(64, 8, 500, 900, 0);

  private static RegularFile files(Vfs vfs) {
    return new RegularFile(vfs, DISK);
  }

  private static final class Bytes implements UserBuffer {
    private final long length;
    private final long[] words;

    Bytes(long length, long... words) {
      this.length = length;
      this.words = java.util.Arrays.copyOf(words, (int) (length + 7) / 8);
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
  void bytesAreWhereTheyWereWritten() {
    DriverBench.run(RegularFileTest::files, (bench, files) -> {
      File file = files.create(OpenFlags.RDWR);
      bench.expect("poll", Integer.toHexString(PollEvents.DEFAULT_POLLMASK), bench.poll(file));
      bench.expect("write 3", 3L, bench.calls.write(file, new Bytes(3, 0x332211)));
      bench.expect("write 9", 9L, bench.calls.write(file, new Bytes(9, 0xbbaa998877665544L, 0xcc)));
      bench.expect("position", 12L, file.position().read());
      bench.expect("at the end", 0L, bench.calls.read(file, new Bytes(8)));
      file.position().write(0);
      Bytes all = new Bytes(16);
      bench.expect("read", 12L, bench.calls.read(file, all));
      bench.expect("first", 0x8877665544332211L, all.words[0]);
      bench.expect("second", 0xccbbaa99L, all.words[1]);
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void theDiskIsFullInTheEnd() {
    DriverBench.run(RegularFileTest::files, (bench, files) -> {
      File file = files.create(OpenFlags.RDWR);
      bench.expect("most", 60L, bench.calls.write(file, new Bytes(60)));
      bench.expect("short", 4L, bench.calls.write(file, new Bytes(8)));
      bench.expect("none", (long) -Errno.ENOSPC, bench.calls.write(file, new Bytes(8)));
      bench.expect("nothing asked", 0L, bench.calls.write(file, new Bytes(0)));
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void appendingIgnoresThePosition() {
    DriverBench.run(RegularFileTest::files, (bench, files) -> {
      File file = files.create(OpenFlags.RDWR | OpenFlags.APPEND);
      bench.calls.write(file, new Bytes(8, 1));
      file.position().write(0);
      bench.calls.write(file, new Bytes(8, 2));
      bench.expect("position", 16L, file.position().read());
      file.position().write(8);
      Bytes second = new Bytes(8);
      bench.calls.read(file, second);
      bench.expect("appended", 2L, second.words[0]);
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void directTransfersAreAlignedAndWait() {
    DriverBench.run(RegularFileTest::files, (bench, files) -> {
      File file = files.create(OpenFlags.RDWR | OpenFlags.DIRECT);
      bench.expect("misaligned", (long) -Errno.EINVAL, bench.calls.write(file, new Bytes(9)));
      bench.expect("write", 16L, bench.calls.write(file, new Bytes(16, 5, 6)));
      file.position().write(8);
      Bytes word = new Bytes(8);
      bench.expect("read", 8L, bench.calls.read(file, word));
      bench.expect("value", 6L, word.words[0]);
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void failuresOfTheDiskAreReported() {
    DriverBench.run(vfs -> new RegularFile(vfs, new Disk(64, 8, 5, 5, 2)), (bench, files) -> {
      File file = files.create(OpenFlags.RDWR | OpenFlags.DIRECT);
      bench.expect("first", 8L, bench.calls.write(file, new Bytes(8)));
      bench.expect("second", (long) -Errno.EIO, bench.calls.write(file, new Bytes(8)));
      bench.expect("flush", 0L, file.operations().fsync(file, false));
      bench.vfs.fputSync(file);
    });
  }

  /** An asynchronous request. */
  private static final class Request extends Kiocb {
    private final Bytes buffer = new Bytes(8, 7);
    private final LongCell log;
    private final int digit;

    Request(CellFactory cells, LongCell log, int digit) {
      super(cells);
      this.log = log;
      this.digit = digit;
    }

    @Override
    public boolean isSync() {
      return false;
    }

    @Override
    public UserBuffer buffer() {
      return buffer;
    }

    @Override
    public void complete(long result) {
      log.write(log.read() * 100 + result * 10 + digit);
    }
  }

  private static final class Log extends KernelObject {
    private final LongCell value;
    private final WaitQueueHead never;

    Log(CellFactory cells) {
      super(cells);
      value = new LongCell(cells, "value");
      never = new WaitQueueHead(cells.embedded(this, "never"));
      never.init();
    }
  }

  /** Two direct reads complete once each, in the order in which the disk answers, not in that of their start. */
  @Test
  void asynchronousReadsCompleteOutOfOrder() {
    Set<String> seen = Programs.outcomes("sc", 1, 50, context -> {
      Kernel kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      RegularFile files = new RegularFile(vfs, new Disk(64, 8, 1_000, 3_000_000, 0));
      Log log = kernel.create("log", Log::new);
      Request[] requests = new Request[5];
      for (int i = 0; i < requests.length; i++) {
        int digit = i + 1;
        requests[i] = kernel.create("request", cells -> new Request(cells, log.value, digit));
      }
      ScenarioContext.Register order = context.register("order");
      context.thread("only", () -> {
        File file = files.create(OpenFlags.RDWR);
        Bytes word = new Bytes(8, 3);
        Request first = requests[0];
        first.init(file, 0, 0);
        file.operations().write(first, word);
        for (int i = 1; i < 5; i++) {
          requests[i].init(file, 0, Kiocb.DIRECT);
          if (file.operations().read(requests[i], requests[i].buffer()) != -Errno.EIOCBQUEUED) {
            context.machine().violation(PropertyKind.ASSERTION, "not queued");
          }
        }
        kernel.waitEventTimeout(log.never, () -> false, 9_000_000, Task.UNINTERRUPTIBLE);
        order.set(log.value.read());
        vfs.fputSync(file);
      });
    });
    assertEquals(1, seen.size(), seen::toString);
    String order = seen.iterator().next();
    assertTrue(order.matches("\\[8[2-5]8[2-5]8[2-5]8[2-5]\\]"), order);
    assertNotEquals("[82838485]", order);
  }

  private record FilesAndRequest(RegularFile files, Request request) {}

  private static FilesAndRequest withRequest(Vfs vfs) {
    Log log = vfs.kernel().create("log", Log::new);
    return new FilesAndRequest(
        files(vfs), vfs.kernel().create("request", cells -> new Request(cells, log.value, 1)));
  }

  @Test
  void withoutCachedPagesReadsThatMustNotWaitFail() {
    DriverBench.run(RegularFileTest::withRequest, (bench, both) -> {
      RegularFile files = both.files;
      Request request = both.request;
      File file = files.create(OpenFlags.RDWR);
      bench.calls.write(file, new Bytes(8, 9));
      request.init(file, 0, Kiocb.NOWAIT);
      bench.expect("cached", 8L, file.operations().read(request, request.buffer()));
      files.dropCache(file);
      request.init(file, 0, Kiocb.NOWAIT);
      bench.expect("not cached", (long) -Errno.EAGAIN, file.operations().read(request, request.buffer()));
      request.init(file, 0, 0);
      bench.expect("waits", 8L, file.operations().read(request, request.buffer()));
      request.init(file, 0, Kiocb.NOWAIT);
      bench.expect("cached again", 8L, file.operations().read(request, request.buffer()));
      bench.vfs.fputSync(file);
    });
  }
}
