package dev.regardless.tests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.emulation.RunResult;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.machine.Architectures;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import java.util.function.Consumer;

/** One task on one CPU that opens files, polls them and looks at the answers: for tests of single rows of behaviour. */
public final class DriverBench {

  public final Kernel kernel;
  public final Vfs vfs;
  public final FileSystemCalls calls;
  private final PollRecorder[] recorders = new PollRecorder[8];
  private final PollRecorder[] selective = new PollRecorder[8];
  private final StringBuilder failures = new StringBuilder();
  private final PollRecorder leaving;
  private int used;

  private DriverBench(Kernel kernel) {
    this.kernel = kernel;
    this.vfs = new Vfs(kernel);
    FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 16));
    this.calls = new FileSystemCalls(vfs, files);
    leaving = kernel.create("recorder", cells -> new PollRecorder(cells, -1, true));
    for (int i = 0; i < recorders.length; i++) {
      int wanted = i;
      recorders[i] = kernel.create("recorder", cells -> new PollRecorder(cells, -1));
      selective[i] = kernel.create("recorder", cells -> new PollRecorder(cells, wanted));
    }
  }

  /** Sets up with {@code maker} and runs {@code body} as the only task; nothing may be violated, nothing leak. */
  public static <D> void run(java.util.function.Function<Vfs, D> maker, BiBody<D> body) {
    DriverBench[] bench = new DriverBench[1];
    Consumer<dev.regardless.scenario.ScenarioContext> program = context -> {
      bench[0] = new DriverBench(new Kernel(context.machine()));
      D driver = maker.apply(bench[0].vfs);
      context.thread("only", () -> body.run(bench[0], driver));
    };
    RunResult result = Programs.emulator(Architectures.named("sc"), 1, 1, program).run();
    assertEquals("", bench[0].failures.toString());
    assertEquals(java.util.List.of(), result.violations());
  }

  /** A test's body. */
  @FunctionalInterface
  public interface BiBody<D> {
    void run(DriverBench bench, D driver);
  }

  /** A poller that is not on any queue yet. */
  public PollRecorder recorder() {
    return recorders[used++];
  }

  /** A poller that leaves the queue when it is woken. */
  public PollRecorder leavingRecorder() {
    return leaving;
  }

  /** Notes a mismatch; asserting here would unwind emulated code. */
  public void expect(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      failures.append("%s: expected %s, got %s%n".formatted(what, expected, found));
    }
  }

  /** The mask, in hexadecimal. */
  public String poll(File file) {
    return Integer.toHexString(vfs.poll(file, null));
  }

  /** Polls and queues; the mask, in hexadecimal. */
  public String poll(File file, PollRecorder recorder) {
    return Integer.toHexString(vfs.poll(file, recorder));
  }

  /** A poller that asks for some events only. */
  public PollRecorder recorder(int wanted) {
    return selective[wanted];
  }

  /** Sleeps for so many cycles of virtual time. */
  public void sleep(long cycles) {
    Task current = kernel.current();
    boolean timeLeft = true;
    while (timeLeft) {
      current.setCurrentState(Task.UNINTERRUPTIBLE);
      timeLeft = current.scheduleTimeout(cycles, Task.UNINTERRUPTIBLE);
    }
  }

  /** A constant buffer of some words. */
  public static UserBuffer words(long bytes, long value) {
    return UserBuffer.constant(bytes, value);
  }
}
