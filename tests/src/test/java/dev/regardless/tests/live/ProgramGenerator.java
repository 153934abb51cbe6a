package dev.regardless.tests.live;

import dev.regardless.vfs.program.Operand;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Random programs of aio and file calls with good and bad arguments. Nothing in them waits for ever: files do not block, and
 * what waits has a timeout.
 */
final class ProgramGenerator extends ProgramBuilder {

  private static final int MEMORY = 4096;

  private static final int NONBLOCK = 0x800;
  private static final int SHORT_TIME = 1_000_000;
  private static final int LONG_TIME = 300_000_000;

  private final @Nullable DirectSteps direct;
  private final List<Operand> descriptors = new ArrayList<>();
  private final List<Integer> handles = new ArrayList<>();
  private final List<Integer> pending = new ArrayList<>();
  private final int tasks;
  private int pairs;
  private boolean destroyed;
  private boolean synced;
  private int sleeper = -1;

  private ProgramGenerator(long seed, boolean mayBeDirect) {
    super(seed, MEMORY);
    tasks = 1 + random.nextInt(3);
    direct = chance(35) && mayBeDirect ? new DirectSteps(this) : null;
  }

  /** The program of a seed; {@code mayBeDirect}: whether O_DIRECT is allowed. */
  static Program generate(long seed, boolean mayBeDirect) {
    return new ProgramGenerator(seed, mayBeDirect).generate();
  }

  private Program generate() {
    prepare();
    if (chance(90)) {
      setUp(true);
    }
    int calls = 3 + random.nextInt(27);
    for (int i = 0; i < calls; i++) {
      task = random.nextInt(tasks);
      if (task == sleeper) {
        task = (task + 1) % tasks;
      }
      step();
    }
    return new Program(memory, tasks, steps);
  }

  /** Times, and something to write. */
  private void prepare() {
    store(Layout.ZERO_TIME, 0);
    store(Layout.SHORT_TIME + 8, SHORT_TIME);
    store(Layout.LONG_TIME + 8, LONG_TIME);
    store(Layout.NEGATIVE_TIME, -1);
    store(Layout.SOON + 24, 1);
    store(Layout.LATE + 16, 1000);
    store(Layout.BAD_TIMER + 24, 1_000_000_000L);
    store(Layout.SIGSET_POINTER, new Operand.Address(Layout.SIGSET));
    store(Layout.SIGSET_POINTER + 8, 8);
    for (int i = 0; i < 4; i++) {
      store(Layout.SOURCE + 8 * i, 0x1111_1111_1111_1111L * (i + 1));
    }
    for (int i = 0; i < Layout.IOCBS; i++) {
      store(Layout.pointer(i), new Operand.Address(Layout.iocb(i)));
    }
    if (direct != null) {
      direct.prepare();
    }
  }

  private void step() {
    if (direct != null && chance(55)) {
      openDirect();
      return;
    }
    int kind = random.nextInt(100);
    if (kind < 16 || descriptors.isEmpty()) {
      open();
    } else if (kind < 40) {
      submit();
    } else if (kind < 55) {
      events();
    } else if (kind < 70) {
      write();
    } else if (kind < 78) {
      read();
    } else if (kind < 84) {
      cancel();
    } else if (kind < 88) {
      poll();
    } else if (kind < 93) {
      call("close", descriptor());
      if (direct != null) {
        direct.closed();
      }
    } else if (kind < 95) {
      other();
    } else if (kind < 97) {
      setUp(false);
    } else {
      destroy();
    }
  }

  // ---- files -----------------------------------------------------------------------------------------------------------

  /** Opens a file for direct transfers, or switches one. */
  private void openDirect() {
    DirectSteps files = Objects.requireNonNull(direct);
    if (files.isEmpty() || chance(8)) {
      opened(files.open());
      if (chance(60)) {
        files.fill();
      }
    } else if (files.mayBeSwitched() && chance(20)) {
      files.switchFlags();
    } else if (chance(20)) {
      files.transferNow(files.any());
    } else {
      submit(files.any());
      if (chance(70) && !handles.isEmpty()) {
        shown(Layout.EVENTS, 16, "io_getevents",
            handle(), number(0), number(4), place(Layout.EVENTS), place(Layout.ZERO_TIME));
      }
    }
  }

  private void open() {
    int flags = chance(95) ? NONBLOCK : random.nextInt(16) << 2 | NONBLOCK;
    switch (random.nextInt(6)) {
      case 0 -> opened(call("eventfd2", pick(0, 0, 1, 5, 0xffff_ffffL), number(flags | random.nextInt(2))));
      case 1 -> {
        int at = nextPair();
        call("pipe2", chance(95) ? place(at) : wild(), number(flags));
        openedPair(at);
      }
      case 2 -> {
        int at = nextPair();
        call("socketpair", number(1), number(1 | (flags & ~0xf)), number(0), chance(95) ? place(at) : wild());
        openedPair(at);
      }
      case 3 -> {
        opened(call("timerfd_create", pick(1, 1, 0, 5, 7), number(flags)));
        setTime(descriptors.getLast());
      }
      case 4 -> opened(direct != null ? direct.open() : call("open_tmpfile", pick(2, 2, 1, 0x402)));
      default -> {
        Operand original = descriptor();
        opened(call("dup", original));
        if (direct != null) {
          direct.duplicated(original, descriptors.getLast());
        }
      }
    }
  }

  private int nextPair() {
    return Layout.PAIRS + 8 * (pairs++ % 6);
  }

  private void opened(int step) {
    descriptors.add(new Operand.Result(step, 0));
  }

  private void openedPair(int at) {
    descriptors.add(new Operand.Content(at, 4, 0));
    descriptors.add(new Operand.Content(at + 4, 4, 0));
  }

  private void setTime(Operand fd) {
    Operand time = chance(93)
        ? place(pickNumber(Layout.SOON, Layout.SOON, Layout.LATE, Layout.NO_TIMER, Layout.BAD_TIMER))
        : wild();
    call("timerfd_settime", fd, pick(0, 0, 0, 1, 4), time, number(0));
  }

  private void write() {
    if (direct != null && !direct.isEmpty() && chance(50)) {
      direct.transferNow(direct.any());
      return;
    }
    long bytes = pickNumber(8, 8, 8, 4, 1, 0, 16, 32, 100);
    Operand from = chance(93) ? place(Layout.SOURCE) : buffer(bytes);
    call("write", descriptor(), from, number(bytes));
  }

  private void read() {
    long bytes = pickNumber(8, 8, 8, 4, 1, 0, 64, 200);
    Operand into = chance(93) ? place(Layout.TARGET) : buffer(bytes);
    shown(Layout.TARGET, 8, "read", descriptor(), into, number(bytes));
  }

  private void poll() {
    int files = random.nextInt(4);
    for (int i = 0; i < files; i++) {
      narrow(Layout.POLLFDS + 8 * i, 4, descriptor());
      narrow(Layout.POLLFDS + 8 * i + 4, 4, number(mask()));
    }
    Operand array = chance(95) ? place(Layout.POLLFDS) : wild();
    shown(Layout.POLLFDS, 4, "poll", array, chance(97) ? number(files) : number(-1), pick(0, 0, 1, 2));
  }

  private void other() {
    switch (random.nextInt(4)) {
      case 0 -> call("shutdown", descriptor(), pick(0, 1, 2, 3));
      case 1 -> call("fsync", descriptor());
      default -> setTime(descriptor());
    }
  }

  // ---- aio -------------------------------------------------------------------------------------------------------------

  private void setUp(boolean good) {
    int slot = Layout.HANDLES + 8 * random.nextInt(6);
    if (destroyed) {
      // A kernel may give a handle out again: what is left of the old one must not be mistaken for the new one.
      return;
    }
    if (good || chance(60)) {
      shown(slot, 1, "io_setup", pick(1, 2, 8, 100), place(slot));
      handles.add(slot);
    } else {
      shown(slot, 1, "io_setup", pick(0, -1, 0x1000_0001L, 0x8000_0000L, 65_537, 1), chance(70) ? place(slot) : wild());
      handles.add(slot);
    }
  }

  private void destroy() {
    call("io_destroy", handle());
    destroyed = true;
  }

  private Operand handle() {
    return handles.isEmpty() || chance(4)
        ? chance(50) ? wild() : place(8L * random.nextInt(300))
        : new Operand.Content(handles.get(random.nextInt(handles.size())), 8, chance(98) ? 0 : 32);
  }

  private void submit() {
    submit(descriptor());
  }

  /** A direct transfer is submitted alone: which of two ends first is nobody's promise. */
  private void submit(Operand file) {
    int count = chance(70) || isDirect(file) ? 1 : 1 + random.nextInt(4);
    int first = random.nextInt(Layout.IOCBS);
    for (int i = first; i < Math.min(first + count, Layout.IOCBS); i++) {
      Operand next = i == first ? file : descriptor();
      iocb(Layout.iocb(i), i > first && isDirect(next) ? number(-1) : next);
      pending.add(Layout.iocb(i));
    }
    Operand array = chance(96) ? place(Layout.pointer(first)) : wild();
    call("io_submit", handle(), chance(95) ? number(Math.min(count, Layout.IOCBS - first)) : pick(0, -1), array);
  }

  private boolean isDirect(Operand file) {
    return direct != null && direct.has(file);
  }

  private void iocb(int at, Operand file) {
    boolean polls = chance(isDirect(file) ? 10 : 60);
    int opcode = polls ? 5 : (int) pickNumber(0, 0, 1, 1, 7, 8, 2, 3, 4, 6, 9, 0xffff);
    if (opcode == 2 || opcode == 3) {
      // How long a disk takes is nobody's business: one at a time.
      opcode = synced ? 1 : opcode;
      synced = true;
    }
    store(at, random.nextInt(1, 1 << 30));
    narrow(at + 8, 4, number(random.nextInt(3)));
    narrow(at + 12, 4, number(isDirect(file) && !polls
        ? Objects.requireNonNull(direct).flags()
        : chance(95) ? 0 : polls ? 1 : 1 << random.nextInt(10)));
    narrow(at + 16, 2, number(opcode));
    narrow(at + 18, 2, number(chance(95) ? 0 : random.nextInt(1 << 16)));
    narrow(at + 20, 4, file);
    boolean resfd = chance(15);
    narrow(at + 56, 4, number((resfd ? 1 : 0) | (chance(4) ? 2 : 0) | (chance(2) ? 0x70 : 0)));
    narrow(at + 60, 4, descriptor());
    store(at + 48, chance(98) ? 0 : 1);
    if (polls || opcode == 2 || opcode == 3) {
      store(at + 24, polls ? chance(96) ? mask() : 0x1_0000 | mask() : chance(90) ? 0 : 1);
      store(at + 32, chance(97) ? 0 : random.nextInt(3) - 1);
      store(at + 40, chance(97) ? 0 : random.nextInt(3) - 1);
    } else if (isDirect(file) && (opcode < 2 || opcode == 7 || opcode == 8)) {
      Objects.requireNonNull(direct).transfer(at, opcode);
    } else {
      transfer(at, opcode);
    }
  }

  private void transfer(int at, int opcode) {
    long bytes = pickNumber(8, 8, 16, 0, 1, 5, 64);
    Operand into = chance(93) ? place(opcode % 7 == 0 ? Layout.TARGET : Layout.SOURCE) : buffer(bytes);
    store(at + 40, pickNumber(0, 0, 0, 0, 8, 3, 4090, -1, Long.MIN_VALUE));
    if (opcode == 7 || opcode == 8) {
      int segments = random.nextInt(4);
      for (int i = 0; i < segments; i++) {
        store(Layout.IOVECS + 16 * i,
            chance(95) ? place((opcode == 7 ? Layout.TARGET : Layout.SOURCE) + 24 * i) : wild());
        store(Layout.IOVECS + 16 * i + 8, chance(97) ? random.nextInt(20) : -1);
      }
      store(at + 24, chance(95) ? place(Layout.IOVECS) : wild());
      store(at + 32, chance(95) ? segments : 2000);
    } else {
      store(at + 24, into);
      store(at + 32, chance(97) ? bytes : -1);
    }
  }

  private void events() {
    long most = pickNumber(4, 4, 4, 1, 8, 0, -1);
    long least = chance(70) ? 0 : chance(80) ? 1 : random.nextInt(-1, 5);
    // A negative time has no end.
    Operand time = place(chance(80) ? Layout.ZERO_TIME : least <= 0 ? Layout.NEGATIVE_TIME : Layout.SHORT_TIME);
    boolean sleeps = tasks > 1 && sleeper < 0 && chance(15);
    if (sleeps) {
      time = place(Layout.LONG_TIME);
      least = 1;
      most = 1;
    } else if (chance(3)) {
      time = pick(8, -1, 0x7777_0000_0000L);
    }
    Operand into = chance(96) ? place(Layout.EVENTS) : chance(50) ? place(memory - 40) : wild();
    List<Operand> arguments = new ArrayList<>(List.of(handle(), number(least), number(most), into, time));
    String name = "io_getevents";
    if (chance(15)) {
      name = "io_pgetevents";
      arguments.add(chance(60) ? number(0) : chance(80) ? place(Layout.SIGSET_POINTER) : wild());
    }
    steps.add(new Step.Call(
        task, name, arguments, sleeps ? List.of() : List.of(new Step.Stretch(Layout.EVENTS, 16)), sleeps));
    if (sleeps) {
      sleeper = task;
    }
  }

  private void cancel() {
    Operand iocb = pending.isEmpty() || chance(10)
        ? chance(50) ? wild() : place(Layout.iocb(random.nextInt(Layout.IOCBS)))
        : place(pending.get(random.nextInt(pending.size())));
    call("io_cancel", handle(), iocb, place(Layout.EVENTS));
  }

  // ---- operands --------------------------------------------------------------------------------------------------------

  private Operand descriptor() {
    return descriptors.isEmpty() || chance(4)
        ? pick(-1, LiveProgram.FIRST_DESCRIPTOR + 60, 1 << 20)
        : descriptors.get(random.nextInt(descriptors.size()));
  }

  private int mask() {
    return chance(60)
        ? (int) pickNumber(1, 1, 4, 5, 0x41, 0x2000)
        : random.nextInt(1 << 16) & (chance(50) ? 0xffff : 0x27df);
  }
}
