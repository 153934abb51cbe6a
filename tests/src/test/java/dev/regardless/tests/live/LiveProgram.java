package dev.regardless.tests.live;

import dev.regardless.vfs.program.Operand;
import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs programs on the kernel under this machine, one at a time: as many threads as the program has tasks, a rendezvous
 * before each step, descriptors from a range that nobody else uses, everything closed and destroyed afterwards.
 */
final class LiveProgram implements AutoCloseable {

  /** The lowest descriptor of programs. */
  static final int FIRST_DESCRIPTOR = 600;

  private static final int DESCRIPTORS = 64;
  private static final int TASKS = 4;
  private static final int SIGUSR1 = 10;
  private static final long HANG_SECONDS = 20;
  private static final int TIMES_IN_A_SECOND = 1_000;
  private static final long BLOCKED_NANOS = 4_000_000;
  private static final long NANOS = 1_000_000_000;

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfInt HALF = ValueLayout.JAVA_INT_UNALIGNED;

  private final List<ExecutorService> tasks = new ArrayList<>();
  private final List<Future<Long>> tids = new ArrayList<>();
  private final ExecutorService cleaner = Executors.newFixedThreadPool(16, LiveProgram::daemon);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment folder;

  /** {@code temporary}: where unnamed files are made. */
  LiveProgram(String temporary) {
    // Programs may signal one another.
    LinuxKernel.handle(SIGUSR1);
    folder = arena.allocateFrom(temporary);
    for (int i = 0; i < TASKS; i++) {
      ExecutorService task = Executors.newSingleThreadExecutor(LiveProgram::daemon);
      tasks.add(task);
      tids.add(task.submit(() -> LinuxKernel.call("gettid")));
    }
  }

  /** The thread of a task, as the kernel numbers it. */
  private long tid(int task) {
    try {
      return tids.get(task).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("gettid", e);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs.
   *
   * @param settling nanoseconds after each system call, for what the kernel does later
   */
  Outcome run(Program program, long settling) {
    Run run = new Run(program, settling);
    try {
      return run.run();
    } finally {
      run.cleanUp();
    }
  }

  @Override
  public void close() {
    tasks.forEach(ExecutorService::shutdownNow);
    cleaner.shutdown();
  }

  private final class Run {
    private final Program program;
    private final long settling;
    private final Outcome outcome;
    private final long length;
    private final long base;
    private final MemorySegment memory;
    private final List<Long> handles = new ArrayList<>();
    private final List<Long> alive = new ArrayList<>();
    private final long[] results;
    private final Map<Integer, LiveChild> children = new TreeMap<>();
    private final SmallFileSystem small = new SmallFileSystem();
    private final LiveTransfers transfers;
    private final Future<?>[] running = new Future<?>[TASKS];
    private long deadline = Long.MAX_VALUE;
    private boolean hangs;

    Run(Program program, long settling) {
      this.program = program;
      this.settling = settling;
      int steps = program.steps().size();
      outcome = new Outcome(program);
      results = new long[steps];
      // The program's memory ends where a page does, and the next page is nobody's.
      length = (program.memory() + LinuxKernel.PAGE - 1) / LinuxKernel.PAGE * LinuxKernel.PAGE;
      long mapped = LinuxKernel.call("mmap", 0, length + LinuxKernel.PAGE, 3, 0x22, -1, 0);
      LinuxKernel.call("mprotect", mapped + length, LinuxKernel.PAGE, 0);
      base = mapped + length - program.memory();
      memory = LinuxKernel.memory(base, program.memory());
      transfers = new LiveTransfers(memory, base);
    }

    Outcome run() {
      for (Program.Stretch stretch : program.stretches()) {
        Step first = program.steps().get(stretch.first());
        if (stretch.times() > 1 && settling == 0 && isAlone(stretch)) {
          await(tasks.get(first.task()).submit(() -> repeat(stretch)), stretch.first(), stretch.times());
        } else {
          for (int time = 0; time < stretch.times(); time++) {
            for (int i = stretch.first(); i < stretch.end(); i++) {
              meet(i);
            }
          }
        }
      }
      outcome.setInTime(System.nanoTime() < deadline);
      for (Future<?> future : running) {
        if (future != null) {
          await(future, program.steps().size());
        }
      }
      LockSupport.parkNanos(settling);
      for (int i = 0; i < program.memory() / 8; i++) {
        outcome.memory(i, normal(memory.get(WORD, i * 8L)));
      }
      return outcome;
    }

    /** Whether one task makes all steps of a stretch, so that nobody needs to wait for another. */
    private boolean isAlone(Program.Stretch stretch) {
      List<Step> steps = program.steps().subList(stretch.first(), stretch.end());
      int task = steps.getFirst().task();
      return children.isEmpty() && steps.stream().allMatch(step -> step.task() == task
          && !(step instanceof Step.Call call && (call.waits() || call.name().equals("fork"))));
    }

    private void repeat(Program.Stretch stretch) {
      for (int time = 0; time < stretch.times(); time++) {
        for (int i = stretch.first(); i < stretch.end(); i++) {
          step(i, program.steps().get(i));
        }
      }
    }

    /** One step at a time: the rendezvous. */
    private void meet(int index) {
      Step step = program.steps().get(index);
      if (children.containsKey(step.task())) {
        results[index] = child(step.task()).result(index);
        outcome.result(index, results[index]);
        return;
      }
      if (step instanceof Step.Call call && call.name().equals("fork")) {
        children.put(program.taskOf(call), LiveChild.fork(
            program.steps().size(), child -> child(child, index, program.taskOf(call))));
        outcome.result(index, 0);
        return;
      }
      Future<?> before = running[step.task()];
      if (before != null) {
        await(before, index);
      }
      long begun = System.nanoTime();
      Future<?> future = tasks.get(step.task()).submit(() -> step(index, step));
      running[step.task()] = future;
      if (step instanceof Step.Call call && call.waits()) {
        // Whenever the thread begins, it sleeps at least so long.
        deadline = Math.min(deadline, begun + timeout(call));
        awaitSleep(future, call);
      } else {
        await(future, index);
      }
      if (step instanceof Step.Call && settling > 0) {
        transfers.await();
        LockSupport.parkNanos(settling);
      }
    }

    private LiveChild child(int task) {
      return Objects.requireNonNull(children.get(task), () -> "task " + task + " was not forked");
    }

    /** What the child of a fork does: all steps of its task, without waiting for others'. */
    private void child(LiveChild child, int forked, int task) {
      for (int i = forked + 1; i < program.steps().size(); i++) {
        Step step = program.steps().get(i);
        if (step.task() == task && step instanceof Step.Call call && call.name().equals("exit")) {
          child.set(i, 0);
          LinuxKernel.call("exit_group", value(call.arguments().getFirst()));
        } else if (step.task() == task) {
          step(i, step);
          child.set(i, results[i]);
        }
      }
    }

    private void await(Future<?> future, int index) {
      await(future, index, 1);
    }

    private void await(Future<?> future, int index, int times) {
      try {
        future.get(HANG_SECONDS + times / TIMES_IN_A_SECOND, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        hangs = true;
        throw new IllegalStateException("step " + index + " on the live kernel", e);
      }
    }

    /** Until the call sleeps or has returned; where that cannot be seen, for a while. */
    private void awaitSleep(Future<?> future, Step.Call call) {
      long until = System.nanoTime() + BLOCKED_NANOS;
      long patience = System.nanoTime() + HANG_SECONDS * NANOS;
      long thread = tid(call.task());
      while (!future.isDone() && System.nanoTime() < patience
          && (System.nanoTime() < until || !LinuxKernel.sleepsIn(call.name(), thread))) {
        LockSupport.parkNanos(100_000);
      }
    }

    /** How long a call that sleeps may do so, in nanoseconds: the struct timespec of io_getevents, in the program's memory. */
    private long timeout(Step.Call call) {
      long address = call.name().endsWith("getevents") ? value(call.arguments().get(4)) - base : -1;
      if (address < 0 || address + 16 > program.memory() || memory.get(WORD, address) < 0) {
        return Long.MAX_VALUE / 2;
      }
      return memory.get(WORD, address) * NANOS + memory.get(WORD, address + 8);
    }

    private void step(int index, Step step) {
      switch (step) {
        case Step.Call call -> {
          long result = call(call);
          results[index] = result;
          outcome.result(index, normal(result));
          call.outputs().forEach(stretch -> show(index, stretch));
        }
        case Step.Store store -> {
          LinuxKernel.store(value(store.address()), store.bytes(), value(store.value()));
          outcome.result(index, 0);
        }
        case Step.Load load -> {
          results[index] = LinuxKernel.load(value(load.address()), load.bytes());
          outcome.result(index, normal(results[index]));
        }
      }
    }

    private void show(int index, Step.Stretch stretch) {
      for (int i = 0; i < stretch.words(); i++) {
        int offset = stretch.offset() + i * 8;
        outcome.output(index, offset, normal(memory.get(WORD, offset)));
      }
    }

    private long normal(long value) {
      if (handles.contains(value)) {
        return Outcome.HANDLE;
      }
      return value >= base && value <= base + program.memory() ? value - base + EmulatedProgram.BASE : value;
    }

    private long value(Operand operand) {
      return switch (operand) {
        case Operand.Constant constant -> constant.value();
        case Operand.Address address -> base + address.offset();
        case Operand.Result result -> results[result.step()] + result.plus();
        case Operand.Content content -> (content.bytes() == 8
            ? memory.get(WORD, content.offset())
            : memory.get(HALF, content.offset())) + content.plus();
      };
    }

    /**
     * Makes the call, unless it is about a descriptor of the test's own process: programs know none below theirs, and for
     * them it is a bad one.
     */
    private long call(Step.Call call) {
      long[] arguments = call.arguments().stream().mapToLong(this::value).toArray();
      return switch (call.name()) {
        case "read", "write", "close", "dup", "fcntl", "vmsplice", "fsync", "fdatasync", "shutdown", "timerfd_settime",
            "epoll_wait" -> {
          arguments[0] = Guard.descriptor((int) arguments[0]);
          yield made(call, arguments);
        }
        case "poll" -> new Guard(memory, base).around(
            Guard.pollfds(base, memory, arguments), () -> made(call, arguments));
        case "io_submit" -> new Guard(memory, base).around(
            Guard.iocbs(base, memory, arguments), () -> made(call, arguments));
        default -> made(call, arguments);
      };
    }

    private long made(Step.Call call, long[] arguments) {
      return switch (call.name()) {
        case "eventfd2", "timerfd_create", "epoll_create1" -> moved(LinuxKernel.call(call.name(), arguments));
        case "dup" -> LinuxKernel.call("fcntl", arguments[0], LinuxKernel.F_DUPFD, FIRST_DESCRIPTOR);
        case "open_tmpfile" -> moved(LinuxKernel.call(
            "openat", LinuxKernel.AT_FDCWD, folder.address(), arguments[0] | LinuxKernel.O_TMPFILE, 0600));
        case "pipe2" -> pair(LinuxKernel.call(call.name(), arguments), arguments[0]);
        case "socketpair" -> pair(LinuxKernel.call(call.name(), arguments), arguments[3]);
        case "io_setup" -> setUp(LinuxKernel.call(call.name(), arguments), arguments[1]);
        case "io_destroy" -> {
          long result = LinuxKernel.call(call.name(), arguments);
          if (result == 0) {
            alive.remove(arguments[0]);
            transfers.destroyed(arguments[0]);
          }
          yield result;
        }
        case "io_submit" -> {
          long result = LinuxKernel.call(call.name(), arguments);
          if (settling > 0) {
            transfers.submitted(arguments[0], result, arguments[2]);
          }
          yield result;
        }
        case "mremap" -> {
          transfers.destroyed(arguments[0]);
          yield LinuxKernel.call(call.name(), arguments);
        }
        case "open_small" -> moved(small.open(arguments[0]));
        case "kill" -> LinuxKernel.call("tgkill", LinuxKernel.call("getpid"), tid((int) arguments[0]), arguments[1]);
        case "wait" -> child((int) arguments[0]).status();
        default -> LinuxKernel.call(call.name(), arguments);
      };
    }

    private long setUp(long result, long place) {
      if (result == 0) {
        long handle = LinuxKernel.memory(place, 8).get(WORD, 0);
        handles.add(handle);
        alive.add(handle);
        transfers.setUp(handle);
      }
      return result;
    }

    /** Into the programs' range; the descriptor that the kernel chose is given back. */
    private long moved(long descriptor) {
      if (descriptor < 0) {
        return descriptor;
      }
      long result = LinuxKernel.call("fcntl", descriptor, LinuxKernel.F_DUPFD, FIRST_DESCRIPTOR);
      LinuxKernel.call("close", descriptor);
      return result;
    }

    private long pair(long result, long place) {
      if (result == 0) {
        MemorySegment pair = LinuxKernel.memory(place, 8);
        pair.set(HALF, 0, (int) moved(pair.get(HALF, 0)));
        pair.set(HALF, 4, (int) moved(pair.get(HALF, 4)));
      }
      return result;
    }

    void cleanUp() {
      if (hangs) {
        // A thread still uses what would go.
        return;
      }
      children.values().forEach(LiveChild::end);
      small.close();
      LinuxKernel.call("close_range", FIRST_DESCRIPTOR, FIRST_DESCRIPTOR + DESCRIPTORS - 1, 0);
      List<Long> left = List.copyOf(alive);
      long mapped = base + program.memory() - length;
      cleaner.submit(() -> {
        left.forEach(handle -> LinuxKernel.call("io_destroy", handle));
        LinuxKernel.call("munmap", mapped, length + LinuxKernel.PAGE);
      });
    }
  }
}
