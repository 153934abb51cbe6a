package dev.regardless.aio.scenario;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.CompletionRing;
import dev.regardless.aio.IoEvent;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.Vfs;
import java.util.Collections;
import java.util.List;

/**
 * What a scenario about the ring plays on: one process, one aio context, and a file without poll operation, whose polls
 * complete within io_submit. Requests are numbered; each event carries its request's number and must be taken once.
 */
final class RingScene {

  private static final long OBJ = 100;
  private static final int BUFFER = 1;
  private static final int MOST_EVENTS = 4;

  private final Machine machine;
  private final Vfs vfs;
  private final AioSyscalls aio;
  private final UserPages memory;
  private final AddressSpace mm;
  private final long handle;
  private final CompletionRing ring;
  private final KioContext context;
  private final int fd;
  private final Tally tally;

  /** {@code events}: how many the ring holds; one of its places always stays free. */
  RingScene(ScenarioContext scenario, int events) {
    this(scenario, events, "per-cpu");
  }

  /** {@code references}: how contexts count theirs, {@code per-cpu} or {@code atomic}. */
  RingScene(ScenarioContext scenario, int events, String references) {
    machine = scenario.machine();
    Kernel kernel = new Kernel(machine);
    vfs = new Vfs(kernel);
    AioSubsystem subsystem = AioSubsystem.create(
        vfs, Scene.counting(AioParameters.DEFAULT.withRingEvents(events), references),
        AioPollDesigns.named(scenario.parameter("design")),
        Collections.emptySortedMap());
    FileTable files = scenario.create("files_struct", cells -> new FileTable(vfs, cells, 1));
    FileOperations operations = scenario.create("no_poll_fops", NoPoll::new);
    fd = files.install(vfs.openFile(operations, operations, OpenFlags.MODE_READ, 0));
    memory = scenario.create("user_memory", cells -> new UserPages(cells, BUFFER + MOST_EVENTS * 2 * IoEvent.WORDS));
    mm = scenario.create("mm", cells -> new AddressSpace(kernel, cells, List.of(memory), 1));
    tally = scenario.create("tally", Tally::new);
    aio = new AioSyscalls(subsystem, mm, files);
    require(aio.ioSetup(1, mm.addressOf(memory, 0)) == 0, "io_setup failed");
    handle = memory.word(0).read();
    CompletionRing made = mm.ringAt(handle);
    KioContext found = aio.lookUp(handle);
    if (made == null || found == null) {
      throw new IllegalStateException("io_setup made no context");
    }
    found.users.put();
    ring = made;
    context = found;
  }

  private static final class NoPoll extends FileOperations {
    NoPoll(CellFactory cells) {
      super(cells);
    }
  }

  private static final class Tally extends KernelObject {
    private final AtomicCell accepted;
    private final AtomicCell taken;

    Tally(CellFactory cells) {
      super(cells);
      accepted = new AtomicCell(cells, "accepted");
      taken = new AtomicCell(cells, "taken");
    }
  }

  /** io_submit of one request; -EAGAIN if the ring may be full. */
  long submit(int request) {
    long result = aio.submission().submit(context, Iocb.poll(request, fd, PollEvents.IN), OBJ + request);
    if (result == 0) {
      tally.accepted.increment();
    } else {
      require(result == -Errno.EAGAIN, "io_submit returned " + result);
    }
    return result;
  }

  /** {@link #submit} by a caller that does not know whether the context is still there. */
  void submitByHandle(int request) {
    KioContext found = aio.lookUp(handle);
    if (found != null) {
      submit(request);
      found.users.put();
    }
  }

  /** io_getevents of up to {@code most} events without waiting, into a buffer of the caller's own; their number. */
  long take(int buffer, int most) {
    int first = BUFFER + buffer * MOST_EVENTS * IoEvent.WORDS;
    long got = aio.ioGeteventsFor(handle, 0, most, mm.addressOf(memory, (long) first * Long.BYTES), 0);
    require(got >= 0, "io_getevents returned " + got);
    for (int i = 0; i < got; i++) {
      check(memory.word(first + i * IoEvent.WORDS + IoEvent.DATA).read(),
          memory.word(first + i * IoEvent.WORDS + IoEvent.OBJ).read(),
          memory.word(first + i * IoEvent.WORDS + IoEvent.RES).read());
    }
    return got;
  }

  private void check(long data, long obj, long res) {
    require(obj == OBJ + data && res == PollEvents.IN,
        "an event has data %d, obj %d, res %d".formatted(data, obj, res));
    tally.taken.add(1L << (Byte.SIZE * data));
  }

  /** io_getevents of one event, for as long as it takes. */
  long await() {
    return aio.ioGeteventsFor(handle, 1, 1, mm.addressOf(memory, BUFFER * (long) Long.BYTES), -1);
  }

  /** io_destroy. */
  long destroy() {
    return aio.ioDestroy(handle);
  }

  void require(boolean holds, String what) {
    if (!holds) {
      machine.violation(PropertyKind.INVARIANT, what);
    }
  }

  /** The end: what is left in the ring is taken; every accepted request has been taken once. */
  void checkTaken() {
    take(0, MOST_EVENTS);
    long taken = tally.taken.read();
    long events = 0;
    for (int request = 0; request < Long.BYTES; request++) {
      long times = taken >> (Byte.SIZE * request) & 0xff;
      require(times <= 1, "request %d was taken %d times".formatted(request, times));
      events += times;
    }
    require(events == tally.accepted.read(), "%d requests, %d events".formatted(tally.accepted.read(), events));
    require(ring.head.read() == ring.tail.read(), "the ring is not empty in the end");
  }
}
