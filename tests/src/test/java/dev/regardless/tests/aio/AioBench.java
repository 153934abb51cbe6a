package dev.regardless.tests.aio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.IoEvent;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.drivers.Eventfd;
import dev.regardless.drivers.RegularFile;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Architecture;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.Vfs;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One process with aio, for tests of single calls: words 0-1 of its memory for handles, 8 and up for four iocbs, 40 and up
 * for pointers, 50 and up for a timespec, 64 and up for events, 128 and up for iovecs. It has addresses for five rings.
 */
final class AioBench {

  static final int IOCBS = 8;
  static final int POINTERS = 40;
  static final int TIMESPEC = 50;
  static final int EVENTS = 64;
  static final int VECTORS = 128;
  static final int RINGS = 5;
  private static final int WORDS = 192;
  private static final RegularFile.Disk DISK = new RegularFile.Disk(128, 8, 500, 900, 0);

  final Kernel kernel;
  final Vfs vfs;
  final FileTable files;
  final FileSystemCalls calls;
  final Eventfd eventfd;
  final RegularFile regular;
  final UserPages memory;
  final AddressSpace mm;
  final AioSyscalls aio;
  private final StringBuilder failures = new StringBuilder();

  private AioBench(ScenarioContext context, String design, AioParameters parameters) {
    kernel = new Kernel(context.machine());
    vfs = new Vfs(kernel);
    files = kernel.create("files", cells -> new FileTable(vfs, cells, 16));
    calls = new FileSystemCalls(vfs, files);
    eventfd = new Eventfd(vfs);
    regular = new RegularFile(vfs, DISK);
    memory = kernel.create("memory", cells -> new UserPages(cells, WORDS));
    mm = kernel.create("mm", cells -> new AddressSpace(kernel, cells, List.of(memory), RINGS));
    AioSubsystem subsystem = AioSubsystem.create(vfs, parameters, AioPollDesigns.named(design), Map.of());
    aio = new AioSyscalls(subsystem, mm, files);
  }

  /** Runs {@code body} as the only task, on every architecture; nothing may be violated, nothing leak. */
  static void run(String design, AioParameters parameters, Consumer<AioBench> body) {
    run(design, parameters, bench -> bench, (bench, same) -> body.accept(bench));
  }

  /** The same with something that {@code setUp} makes before the task starts. */
  static <T> void run(
      String design, AioParameters parameters, Function<AioBench, T> setUp, BiConsumer<AioBench, T> body) {
    for (Architecture architecture : Programs.architectures()) {
      run(architecture, FaultSettings.NONE, design, parameters, setUp, body);
    }
  }

  /** The same on one architecture, with faults; how many were injected. */
  static long run(
      Architecture architecture, FaultSettings faults, String design, AioParameters parameters,
      Consumer<AioBench> body) {
    return run(architecture, faults, design, parameters, bench -> bench, (bench, same) -> body.accept(bench));
  }

  private static <T> long run(
      Architecture architecture, FaultSettings faults, String design, AioParameters parameters,
      Function<AioBench, T> setUp, BiConsumer<AioBench, T> body) {
    AioBench[] bench = new AioBench[1];
    Emulator emulator = Emulator.random(architecture, EmulatorSettings.of(1).withFaults(faults), 1);
    emulator.setUp(new Programs.Program(context -> {
      bench[0] = new AioBench(context, design, parameters);
      T made = setUp.apply(bench[0]);
      context.thread("only", () -> body.accept(bench[0], made));
    }), Map.of());
    RunResult result = emulator.run();
    String which = architecture.name() + ' ' + design + ' ' + faults;
    assertEquals("", bench[0].failures.toString(), which);
    assertEquals(List.of(), result.violations(), which);
    return result.counters().faultsInjected();
  }

  /** Notes a mismatch; asserting here would unwind emulated code. */
  void expect(String what, long expected, long found) {
    if (expected != found) {
      failures.append("%s: expected %d, found %d%n".formatted(what, expected, found));
    }
  }

  long address(int word) {
    return mm.addressOf(memory, (long) word * Long.BYTES);
  }

  /** io_setup of {@code requests}; the handle. */
  long setUp(int requests) {
    memory.word(0).write(0);
    expect("io_setup", 0, aio.ioSetup(requests, address(0)));
    return memory.word(0).read();
  }

  int openRegular() {
    return files.install(regular.create(OpenFlags.RDWR));
  }

  int openEventfd(long count) {
    return files.install(eventfd.open(count, OpenFlags.NONBLOCK));
  }

  long signal(int fd) {
    return calls.write(fd, UserBuffer.constant(8, 1));
  }

  /** Stores an iocb in place {@code index} and a pointer to it; its address. */
  long store(int index, Iocb iocb) {
    int first = IOCBS + index * IocbLayout.WORDS;
    memory.word(first + IocbLayout.DATA).write(iocb.data());
    memory.word(first + IocbLayout.KEY_AND_RW_FLAGS).write(IocbLayout.keyAndRwFlags(99, iocb.rwFlags()));
    memory.word(first + IocbLayout.OPCODE_AND_FILDES).write(
        IocbLayout.opcodeAndFildes(iocb.opcode(), iocb.fildes()));
    memory.word(first + IocbLayout.BUF).write(iocb.buf());
    memory.word(first + IocbLayout.NBYTES).write(iocb.nbytes());
    memory.word(first + IocbLayout.OFFSET).write(iocb.offset());
    memory.word(first + IocbLayout.RESERVED2).write(iocb.reserved2());
    memory.word(first + IocbLayout.FLAGS_AND_RESFD).write(IocbLayout.flagsAndResfd(iocb.flags(), iocb.resfd()));
    memory.word(POINTERS + index).write(address(first));
    return address(first);
  }

  /** io_submit of the iocb alone. */
  long submit(long handle, Iocb iocb) {
    store(0, iocb);
    return aio.ioSubmit(handle, 1, address(POINTERS));
  }

  /** io_getevents with a zero timeout. */
  long events(long handle, int most) {
    memory.word(TIMESPEC).write(0);
    memory.word(TIMESPEC + 1).write(0);
    return aio.ioGetevents(handle, 0, most, address(EVENTS), address(TIMESPEC));
  }

  /** Field (0 data, 1 obj, 2 res, 3 res2) of event {@code index} of the last {@link #events}. */
  long event(int index, int field) {
    return memory.word(EVENTS + index * IoEvent.WORDS + field).read();
  }
}
