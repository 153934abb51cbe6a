package dev.regardless.tests.aio;

import static dev.regardless.vfs.Errno.EAGAIN;
import static dev.regardless.vfs.Errno.EBADF;
import static dev.regardless.vfs.Errno.EFAULT;
import static dev.regardless.vfs.Errno.EINVAL;
import static dev.regardless.vfs.Errno.ENOMEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.aio.AioParameters;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.machine.Architecture;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each allocation of the aio calls fails in turn, the first, the second, ..., until none is left: every failure has its
 * errno, leaves nothing behind (objects, aio_nr, ring slots), and the same call succeeds right afterwards. Leaks, locks held
 * and freed memory are watched by the emulator.
 */
class AllocationFailureTest {

  private static final long WILD = 0x7777_0000_0000L;
  private static final int ALL = 16;
  private static final AioParameters SMALL = new AioParameters(4096, ALL, 0);
  private static final List<String> IO_SETUP = List.of("io_setup -12", "io_setup -12", "io_setup -12");
  private static final int MANY = 100;

  /** Calls that may fail, and what the failures were. */
  private static final class Calls {
    private final AioBench bench;
    private final List<String> failures = new ArrayList<>();

    Calls(AioBench bench) {
      this.bench = bench;
    }

    /** Makes the call; if there is no memory, notes that and makes it again. */
    long call(String name, LongSupplier call) {
      long result = call.getAsLong();
      if (result != -ENOMEM && result != -EAGAIN) {
        return result;
      }
      failures.add(name + ' ' + result);
      return call.getAsLong();
    }

    /** io_setup of all requests that the system allows: what a failure leaves in aio_nr, this misses. */
    long setUp() {
      bench.memory.word(0).write(0);
      bench.expect("io_setup", 0, call("io_setup", () -> bench.aio.ioSetup(ALL, bench.address(0))));
      return bench.memory.word(0).read();
    }

    long submit(long handle, Iocb iocb) {
      bench.store(0, iocb);
      return call("io_submit", () -> bench.aio.ioSubmit(handle, 1, bench.address(AioBench.POINTERS)));
    }

    void destroy(long handle) {
      bench.expect("io_destroy", 0, bench.aio.ioDestroy(handle));
    }
  }

  /** The failures of a body's calls by the number of the allocation that failed, the same on every architecture. */
  private static List<String> sweep(String design, AioParameters parameters, BiConsumer<AioBench, Calls> body) {
    List<List<String>> found = new ArrayList<>();
    for (Architecture architecture : Programs.architectures()) {
      List<String> failures = new ArrayList<>();
      int number = 0;
      long injected;
      do {
        number++;
        List<String> now = new ArrayList<>();
        injected = AioBench.run(architecture, FaultSettings.failNth(number), design, parameters, bench -> {
          Calls calls = new Calls(bench);
          body.accept(bench, calls);
          now.addAll(calls.failures);
        });
        failures.add(String.join(", ", now));
      } while (injected > 0 && number < MANY);
      assertEquals("", failures.removeLast(), "no failure without a fault");
      found.add(failures);
    }
    assertEquals(1, found.stream().distinct().count(), () -> "architectures differ: " + found);
    return found.getFirst();
  }

  private static List<String> after(String... more) {
    List<String> all = new ArrayList<>(IO_SETUP);
    all.addAll(List.of(more));
    return all;
  }

  private static Iocb iocb(int opcode, int fd, long buf, long nbytes) {
    return new Iocb(7, 0, opcode, 0, fd, buf, nbytes, 0, 0, 0, 0);
  }

  private static void vectors(AioBench bench, int segments) {
    for (int i = 0; i < segments; i++) {
      bench.memory.word(AioBench.VECTORS + 2 * i).write(bench.address(AioBench.EVENTS + i));
      bench.memory.word(AioBench.VECTORS + 2 * i + 1).write(8);
    }
  }

  /** Context, ring and table; with a table that is full, its successor. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioSetup(String design) {
    assertEquals(IO_SETUP, sweep(design, SMALL, (bench, calls) -> calls.destroy(calls.setUp())));
    List<String> found = sweep(design, SMALL, (bench, calls) -> {
      long[] handles = new long[AioBench.RINGS];
      for (int i = 0; i < handles.length; i++) {
        bench.memory.word(0).write(0);
        String name = "io_setup of context " + i;
        bench.expect(name, 0, calls.call(name, () -> bench.aio.ioSetup(ALL / 8, bench.address(0))));
        handles[i] = bench.memory.word(0).read();
      }
      for (long handle : handles) {
        calls.destroy(handle);
      }
      // All of them have given back what they counted for.
      bench.memory.word(0).write(0);
      bench.expect("io_setup of all", 0, calls.call("io_setup of all", () -> bench.aio.ioSetup(ALL, bench.address(0))));
      calls.destroy(bench.memory.word(0).read());
    });
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < AioBench.RINGS; i++) {
      // Table and successor have 4 and 16 places.
      for (int allocation = 0; allocation < (i % 4 == 0 ? 3 : 2); allocation++) {
        expected.add("io_setup of context " + i + " -12");
      }
    }
    expected.add("io_setup of all -12");
    expected.add("io_setup of all -12");
    assertEquals(expected, found);
  }

  /** Poll, read and write allocate the request alone; its slot is not lost. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioSubmit(String design) {
    assertEquals(after("io_submit -11"), sweep(design, SMALL, (bench, calls) -> {
      int fd = bench.openEventfd(1);
      long handle = calls.setUp();
      bench.expect("poll", 1, calls.submit(handle, Iocb.poll(7, fd, PollEvents.IN)));
      bench.expect("io_getevents", 1, bench.events(handle, 4));
      bench.expect("IN", PollEvents.IN, bench.event(0, 2));
      calls.destroy(handle);
      bench.calls.close(fd);
    }));
    for (int opcode : new int[] {IocbLayout.IOCB_CMD_PWRITE, IocbLayout.IOCB_CMD_PREAD}) {
      assertEquals(after("io_submit -11"), sweep(design, SMALL, (bench, calls) -> {
        int fd = bench.openRegular();
        long handle = calls.setUp();
        bench.expect("transfer", 1, calls.submit(handle, iocb(opcode, fd, bench.address(AioBench.VECTORS), 16)));
        bench.expect("io_getevents", 1, bench.aio.ioGeteventsFor(handle, 1, 1, bench.address(AioBench.EVENTS), -1));
        bench.expect("bytes", opcode == IocbLayout.IOCB_CMD_PWRITE ? 16 : 0, bench.event(0, 2));
        calls.destroy(handle);
        bench.calls.close(fd);
      }));
    }
  }

  /** Rings of 5 events have 4 slots: after each failure all four can still be had, and no fifth. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void slots(String design) {
    String one = "io_submit -11";
    List<String> found = sweep(design, SMALL.withRingEvents(5), (bench, calls) -> {
      int fd = bench.openEventfd(0);
      long handle = calls.setUp();
      for (int i = 0; i < 4; i++) {
        bench.expect("slot " + i, 1, calls.submit(handle, Iocb.poll(7, fd, PollEvents.IN)));
      }
      bench.expect("no slot", -EAGAIN, bench.submit(handle, Iocb.poll(7, fd, PollEvents.IN)));
      calls.destroy(handle);
      bench.calls.close(fd);
    });
    // The request is allocated before its slot is taken: the last one shows no difference.
    assertEquals(after(one, one, one, one, ""), found);
  }

  /** More than 8 segments need memory; that is found before the vector is read, and after the file's mode was. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void vectors(String design) {
    for (int opcode : new int[] {IocbLayout.IOCB_CMD_PWRITEV, IocbLayout.IOCB_CMD_PREADV}) {
      for (int segments : new int[] {1, 8, 9}) {
        List<String> expected = segments > 8 ? after("io_submit -11", "io_submit -12") : after("io_submit -11");
        assertEquals(expected, sweep(design, SMALL, (bench, calls) -> {
          int fd = bench.openRegular();
          long handle = calls.setUp();
          vectors(bench, segments);
          Iocb iocb = iocb(opcode, fd, bench.address(AioBench.VECTORS), segments);
          bench.expect("transfer", 1, calls.submit(handle, iocb));
          bench.expect("io_getevents", 1, bench.aio.ioGeteventsFor(handle, 1, 1, bench.address(AioBench.EVENTS), -1));
          bench.expect("bytes", opcode == IocbLayout.IOCB_CMD_PWRITEV ? 8L * segments : 0, bench.event(0, 2));
          calls.destroy(handle);
          bench.calls.close(fd);
        }), segments + " segments");
      }
    }
    assertEquals(after("io_submit -11", "io_submit -12"), sweep(design, SMALL, (bench, calls) -> {
      int fd = bench.openRegular();
      long handle = calls.setUp();
      bench.expect("unreadable", -EFAULT, calls.submit(handle, iocb(IocbLayout.IOCB_CMD_PREADV, fd, WILD, 9)));
      calls.destroy(handle);
      bench.calls.close(fd);
    }));
    assertEquals(after("io_submit -11"), sweep(design, SMALL, (bench, calls) -> {
      int fd = bench.files.install(bench.regular.create(OpenFlags.WRONLY));
      long handle = calls.setUp();
      bench.expect("mode", -EBADF, calls.submit(handle, iocb(IocbLayout.IOCB_CMD_PREADV, fd, WILD, 9)));
      bench.expect("too many", -EINVAL, calls.submit(handle, iocb(IocbLayout.IOCB_CMD_PWRITEV, fd, WILD, 1025)));
      calls.destroy(handle);
      bench.calls.close(fd);
    }).subList(0, 4));
  }

  /** Credentials: none up to 5.0; after the check for a file without fsync. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void fsync(String design) {
    List<String> expected = design.equals("linux-5.0")
        ? after("io_submit -11")
        : after("io_submit -11", "io_submit -12");
    for (int opcode : new int[] {IocbLayout.IOCB_CMD_FSYNC, IocbLayout.IOCB_CMD_FDSYNC}) {
      assertEquals(expected, sweep(design, SMALL, (bench, calls) -> {
        int fd = bench.openRegular();
        long handle = calls.setUp();
        bench.expect("fsync", 1, calls.submit(handle, iocb(opcode, fd, 0, 0)));
        bench.expect("io_getevents", 1, bench.aio.ioGeteventsFor(handle, 1, 1, bench.address(AioBench.EVENTS), -1));
        bench.expect("done", 0, bench.event(0, 2));
        calls.destroy(handle);
        bench.calls.close(fd);
      }));
    }
    assertEquals(after("io_submit -11"), sweep(design, SMALL, (bench, calls) -> {
      int fd = bench.openEventfd(0);
      long handle = calls.setUp();
      bench.expect("no fsync", -EINVAL, calls.submit(handle, iocb(IocbLayout.IOCB_CMD_FSYNC, fd, 0, 0)));
      calls.destroy(handle);
      bench.calls.close(fd);
    }));
  }

  /** io_getevents, io_cancel and io_destroy allocate nothing, nor does a poll that is completed later. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void theRestAllocatesNothing(String design) {
    assertEquals(after("io_submit -11", "io_submit -11"), sweep(design, SMALL, (bench, calls) -> {
      int fd = bench.openEventfd(0);
      long handle = calls.setUp();
      bench.expect("poll", 1, calls.submit(handle, Iocb.poll(7, fd, PollEvents.IN)));
      bench.expect("write", 8, bench.signal(fd));
      bench.expect("io_getevents", 1, bench.aio.ioGeteventsFor(handle, 1, 1, bench.address(AioBench.EVENTS), -1));
      bench.calls.read(fd, dev.regardless.vfs.UserBuffer.constant(8, 0));
      bench.expect("poll", 1, calls.submit(handle, Iocb.poll(7, fd, PollEvents.IN)));
      long first = bench.address(AioBench.IOCBS);
      bench.expect("io_cancel", -dev.regardless.vfs.Errno.EINPROGRESS, bench.aio.ioCancel(handle, first));
      calls.destroy(handle);
      bench.calls.close(fd);
    }));
  }

  /** do_mmap fails when there is no address left: nothing stays behind either. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.16"})
  void noAddressForTheRing(String design) {
    AioBench.run(design, SMALL, bench -> {
      long[] handles = new long[AioBench.RINGS];
      for (int i = 0; i < handles.length; i++) {
        handles[i] = bench.setUp(2);
      }
      bench.memory.word(0).write(0);
      bench.expect("no address before too many together", -ENOMEM, bench.aio.ioSetup(ALL, bench.address(0)));
      bench.expect("no handle", 0, bench.memory.word(0).read());
      for (long handle : handles) {
        bench.expect("io_destroy", 0, bench.aio.ioDestroy(handle));
      }
      bench.expect("io_destroy", 0, bench.aio.ioDestroy(bench.setUp(ALL)));
    });
  }

  /** The same numbers by chance: a rate of 1 leaves no allocation. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1_000_000})
  void chances(int millionths) {
    for (Architecture architecture : Programs.architectures()) {
      FaultSettings faults = new FaultSettings(0, 1, 0, 0, 0, 1, 0, 1, millionths, 0);
      long injected = AioBench.run(architecture, faults, "linux-5.16", SMALL, bench -> {
        for (int i = 0; i < 3; i++) {
          bench.expect("io_setup", millionths == 0 ? 0 : -ENOMEM, bench.aio.ioSetup(1, bench.address(0)));
          if (millionths == 0) {
            bench.expect("io_destroy", 0, bench.aio.ioDestroy(bench.memory.word(0).read()));
            bench.memory.word(0).write(0);
          }
        }
      });
      assertTrue(injected == (millionths == 0 ? 0 : 3), () -> architecture.name() + ": " + injected);
    }
  }
}
