package dev.regardless.aio.scenario;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.CompletionRing;
import dev.regardless.aio.IoEvent;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RingRules;
import dev.regardless.aio.poll.AioPollDesign;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.Vfs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a scenario plays on: one process, one aio context, one open file, and up to {@link #REQUESTS} polls for EPOLLIN,
 * numbered from 0, or reads of other files. Threads call the methods named after what they do; {@link #check} states what
 * must hold in the end.
 */
final class Scene {

  /** Most polls of one scenario. */
  static final int REQUESTS = 4;

  private static final int RING_EVENTS = 6;

  /** One place always stays free. */
  private static final int EVENTS_OF_FILE = 2;
  private static final long REFUSED = 1;
  private static final long ACCEPTED = 2;
  private static final long OBJ = 100;

  private static final int DESCRIPTORS = 3;

  private static final int EVENT = 1 + REQUESTS;
  private static final int BUFFER = EVENT + IoEvent.WORDS;
  private static final int CANCELLED = BUFFER + 1;

  private final Machine machine;
  private final Vfs vfs;
  private final AioSubsystem subsystem;
  private final SceneFile.Operations operations;
  private final AioSyscalls aio;
  private final FileTable files;
  private final SceneFile file;
  private final UserPages memory;
  private final AddressSpace mm;
  private final long handle;
  private final CompletionRing ring;
  private final KioContext context;
  private final int fd;
  private final AtomicCell destroyed;

  /**
   * Sets the scene.
   *
   * @param queues of the file: 0, 1 or 2
   * @param initiallyReady poll bits that hold from the start
   */
  Scene(ScenarioContext scenario, int queues, long initiallyReady) {
    this(scenario, queues, initiallyReady, false);
  }

  /** {@code ofCurrent}: the file is ready for user tasks only, see {@link SceneFile.Operations}. */
  Scene(ScenarioContext scenario, int queues, long initiallyReady, boolean ofCurrent) {
    this(scenario, queues, initiallyReady, ofCurrent, UnaryOperator.identity());
  }

  /** A scene for reads. */
  Scene(ScenarioContext scenario) {
    this(scenario, UnaryOperator.identity());
  }

  /** A file with one queue, and a ring for one event that can be moved, by those rules. */
  Scene(ScenarioContext scenario, RingRules rules) {
    this(scenario, 1, 0, false,
        parameters -> parameters.withRingEvents(rules.ofFile() ? EVENTS_OF_FILE : RING_EVENTS).withRings(rules));
  }

  /** The same on an aio subsystem of another age. */
  Scene(ScenarioContext scenario, UnaryOperator<AioParameters> age) {
    this(scenario, 0, 0, false, age);
  }

  private Scene(
      ScenarioContext scenario, int queues, long initiallyReady, boolean ofCurrent, UnaryOperator<AioParameters> age) {
    machine = scenario.machine();
    Kernel kernel = new Kernel(machine);
    vfs = new Vfs(kernel, scenario.parameter("poll-wait-barrier").equals("on"));
    AioPollDesign design = AioPollDesigns.named(scenario.parameter("design"));
    AioParameters parameters = age.apply(
        counting(AioParameters.DEFAULT.withRingEvents(RING_EVENTS), scenario.parameter("references")));
    subsystem = AioSubsystem.create(vfs, parameters, design, choices(scenario.parameter("choices")));
    files = scenario.create("files_struct", cells -> new FileTable(vfs, cells, DESCRIPTORS));
    file = SceneFile.create(kernel, queues, initiallyReady);
    operations = scenario.create("scene_fops", cells -> new SceneFile.Operations(vfs, cells, ofCurrent));
    fd = open(operations, file);
    memory = scenario.create("user_memory", cells -> new UserPages(cells, 1 + REQUESTS + 2 * IoEvent.WORDS));
    mm = scenario.create("mm_struct", cells -> new AddressSpace(kernel, cells, List.of(memory),
        parameters.rings().ofFile() ? 2 : 1));
    destroyed = scenario.create("destroyed", Counter::new).count;
    aio = new AioSyscalls(subsystem, mm, files);
    mm.space().addOwner(aio::moved);
    long result = aio.ioSetup(REQUESTS, mm.addressOf(memory, 0));
    handle = memory.word(0).read();
    CompletionRing made = mm.ringAt(handle);
    KioContext found = aio.lookUp(handle);
    if (result != 0 || made == null || found == null) {
      throw new IllegalStateException("io_setup returned " + result);
    }
    found.users.put();
    ring = made;
    context = found;
  }

  /** Parameters with the references of contexts counted {@code per-cpu} or {@code atomic}. */
  static AioParameters counting(AioParameters parameters, String references) {
    return switch (references) {
      case "per-cpu" -> parameters;
      case "atomic" -> parameters.withAtomicReferences();
      default ->
        throw new IllegalArgumentException(
            "parameter references: expected per-cpu or atomic, got '%s'".formatted(references));
    };
  }

  /** Installs a file in the process's table; set-up only. */
  int open(FileOperations fileOperations, KernelObject data) {
    return files.install(vfs.openFile(fileOperations, data, OpenFlags.MODE_READ, 0));
  }

  /** Installs another file like the first; set-up only. */
  int open(SceneFile another) {
    return open(operations, another);
  }

  Vfs vfs() {
    return vfs;
  }

  /** {@code name=value} pairs, separated by blanks. */
  private static Map<String, String> choices(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : text.strip().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else if (!pair.isEmpty()) {
        throw new IllegalArgumentException("choices: expected name=value, got '" + pair + "'");
      }
    }
    return values;
  }

  SceneFile file() {
    return file;
  }

  CompletionRing ring() {
    return ring;
  }

  /** The ring as it is in the end, when it may have migrated. */
  private CompletionRing lastRing() {
    return subsystem.ringFile() == null ? ring : context.ring.read();
  }

  AioSubsystem subsystem() {
    return subsystem;
  }

  FileTable files() {
    return files;
  }

  /** What the process's addresses mean. */
  UserSpace space() {
    return mm.space();
  }

  /** The context's handle, which is where io_setup mapped the ring. */
  long handle() {
    return handle;
  }

  private LongCell fate(int request) {
    return memory.word(1 + request);
  }

  // ---- what threads do -------------------------------------------------------------------------------------------------

  /** io_submit of poll {@code request} for EPOLLIN. */
  long submit(int request) {
    return submit(request, Iocb.poll(request, fd, PollEvents.IN));
  }

  /** io_submit of poll {@code request} for EPOLLIN on another descriptor. */
  long submit(int request, Iocb iocb) {
    long result = aio.submission().submit(context, iocb, OBJ + request);
    vfs.kernel().exitToUserMode();
    fate(request).write(result == 0 ? ACCEPTED : REFUSED);
    return result;
  }

  /** {@link #submit}, {@code byHandle} with the context looked up first, for scenarios in which it may be gone. */
  long submit(int request, boolean byHandle) {
    if (!byHandle) {
      return submit(request);
    }
    KioContext found = aio.lookUp(handle);
    if (found == null) {
      fate(request).write(REFUSED);
      return -Errno.EINVAL;
    }
    long result = submit(request);
    found.users.put();
    return result;
  }

  /** {@link #cancel}, {@code byHandle} with the context looked up first. */
  long cancel(int request, boolean byHandle) {
    if (!byHandle) {
      return cancel(request);
    }
    KioContext found = aio.lookUp(handle);
    if (found == null) {
      return -Errno.EINVAL;
    }
    long result = cancel(request);
    found.users.put();
    return result;
  }

  /** io_cancel of poll {@code request}. */
  long cancel(int request) {
    return aio.cancel(context, OBJ + request);
  }

  /** close of the file's only descriptor. */
  void close() {
    close(fd);
  }

  /** close. */
  void close(int descriptor) {
    files.close(descriptor);
    vfs.kernel().exitToUserMode();
  }

  // ---- reads -----------------------------------------------------------------------------------------------------------

  /** A read of one word of another file, into the program's buffer. */
  Iocb readInto(int request, int descriptor) {
    long address = mm.addressOf(memory, BUFFER * (long) Long.BYTES);
    return new Iocb(request, 0, IocbLayout.IOCB_CMD_PREAD, 0, descriptor, address, Long.BYTES, 0, 0, 0, 0);
  }

  /** fget: the file of an open descriptor, with a reference. */
  File file(int descriptor) {
    return Objects.requireNonNull(files.fget(descriptor));
  }

  /** The program stores to its buffer. */
  void setBuffer(long value) {
    memory.word(BUFFER).write(value);
  }

  void checkBuffer(long expected) {
    long found = memory.word(BUFFER).read();
    require(found == expected, "the program's buffer holds 0x%x instead of 0x%x".formatted(found, expected));
  }

  /** Keeps what io_cancel returned. */
  void noteCancel(long result) {
    memory.word(CANCELLED).write(result);
  }

  /** What io_cancel returned. */
  long cancelled() {
    return memory.word(CANCELLED).read();
  }

  /** In the end there is one event, that of the request, with that result. */
  void checkTransfer(int request, long result) {
    long tail = ring.tail.read();
    require(tail == 1, "one read has %d events".formatted(tail));
    long obj = ring.event(0, IoEvent.OBJ).read();
    require(obj == OBJ + request, "the event is of obj " + obj);
    long res = ring.event(0, IoEvent.RES).read();
    require(res == result, "the read has result %d instead of %d".formatted(res, result));
  }

  /** In the end there is no event. */
  void checkNoEvent() {
    require(ring.tail.read() == 0, "a read that nobody completed has an event");
  }

  /** io_destroy. */
  long destroy() {
    return destroy(handle);
  }

  /** io_destroy of the context whose ring is at an address. */
  long destroy(long ringAddress) {
    return aio.ioDestroy(ringAddress);
  }

  /** Bytes of the ring. */
  long ringBytes() {
    return ring.bytes();
  }

  /** io_getevents of one event, for as long as it takes; the event's data. */
  long getEvent() {
    long got = aio.ioGetevents(handle, 1, 1, mm.addressOf(memory, EVENT * (long) Long.BYTES), 0);
    require(got == 1, "io_getevents returned " + got);
    return memory.word(EVENT + IoEvent.DATA).read();
  }

  /** io_getevents of one event without waiting: what it returned. */
  long tryGetEvent() {
    return aio.ioGeteventsFor(handle, 0, 1, mm.addressOf(memory, EVENT * (long) Long.BYTES), 0);
  }

  /** io_destroy; counts the calls that returned 0. */
  void countDestroy() {
    long result = destroy();
    require(result == 0 || result == -Errno.EINVAL, "io_destroy returned " + result);
    if (result == 0) {
      destroyed.increment();
    }
  }

  /** io_destroy calls that returned 0. */
  long destroyed() {
    return destroyed.read();
  }

  // ---- what must hold --------------------------------------------------------------------------------------------------

  void require(boolean holds, String what) {
    if (!holds) {
      machine.violation(PropertyKind.INVARIANT, what);
    }
  }

  /**
   * The end: each accepted poll has one event at most, each refused one none; an event's result is 0 or a mask that the file
   * could have had; if the file is ready, no accepted poll is still waiting.
   *
   * @param requests polls that were submitted
   * @param possible poll bits that results may have
   * @param zeroAllowed whether a result may be 0: the poll may have been cancelled
   */
  void check(int requests, long possible, boolean zeroAllowed) {
    CompletionRing last = lastRing();
    long tail = last.tail.read();
    require(tail >= 0 && last.bytes() >= CompletionRing.HEADER_BYTES + tail * CompletionRing.EVENT_BYTES,
        "the ring's tail is " + tail);
    for (int request = 0; request < requests; request++) {
      long fate = fate(request).read();
      int events = 0;
      for (int index = 0; index < tail; index++) {
        if (last.event(index, IoEvent.OBJ).read() == OBJ + request) {
          events++;
          checkEvent(last, request, index, possible, zeroAllowed);
        }
      }
      require(events <= (fate == ACCEPTED ? 1 : 0), "poll %d has %d events".formatted(request, events));
      boolean overdue = fate == ACCEPTED && events == 0 && (file.ready() & PollEvents.IN) != 0;
      require(!overdue, "the file is ready, but poll %d has no event".formatted(request));
    }
  }

  /** In the end the ring's head has moved past as many events as were taken. */
  void checkHead(long taken) {
    long head = lastRing().head.read();
    require(head == taken, "%d events were taken, but the ring's head is %d".formatted(taken, head));
  }

  private void checkEvent(CompletionRing last, int request, int index, long possible, boolean zeroAllowed) {
    long data = last.event(index, IoEvent.DATA).read();
    require(data == request, "the event of poll %d carries data %d".formatted(request, data));
    long res = last.event(index, IoEvent.RES).read();
    require((res & ~possible) == 0, "poll %d has result 0x%x, the file never had that".formatted(request, res));
    require(res != 0 || zeroAllowed, "poll %d has no events in its result, but was not cancelled".formatted(request));
  }

  /** The ring's first event is that of poll 0, for a reader that has seen the tail. */
  void checkPublished() {
    require(ring.event(0, IoEvent.OBJ).read() == OBJ, "the ring's tail was visible before the event's obj");
    require(ring.event(0, IoEvent.DATA).read() == 0, "the ring's tail was visible before the event's data");
    require(ring.event(0, IoEvent.RES).read() == PollEvents.IN,
        "the ring's tail was visible before the event's result");
  }

  /** In the end every accepted poll has its event, whether the file is ready or not. Before {@link #check}. */
  void checkAllCompleted(int requests) {
    for (int request = 0; request < requests; request++) {
      if (fate(request).read() == ACCEPTED) {
        require(lastRing().tail.read() > request, "poll " + request + " was never completed");
      }
    }
  }

  private static final class Counter extends KernelObject {
    private final AtomicCell count;

    Counter(CellFactory cells) {
      super(cells);
      count = new AtomicCell(cells, "count");
    }
  }
}
