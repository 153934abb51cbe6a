package dev.regardless.tests.aio;

import static dev.regardless.vfs.Errno.EAGAIN;
import static dev.regardless.vfs.Errno.EINTR;
import static dev.regardless.vfs.Errno.ENOMEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.emulation.FaultSettings;
import dev.regardless.emulation.RunResult;
import dev.regardless.kernel.Completion;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.machine.Architecture;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.Vfs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A fatal signal for a task that waits for mmap_lock in io_setup (aio_setup_ring: mmap_write_lock_killable): -EINTR, after
 * -ENOMEM of what was allocated before and before aio_nr is looked at; only if it has to wait; with nothing left behind.
 * Another task holds the lock in mremap, whose owner callback sleeps.
 */
class KilledSetUpTest {

  private static final int RUNS = 100;
  private static final int MAXIMUM = 16;

  /** When the victim is sent SIGKILL. */
  private enum Kill {
    /** Before it calls. */
    BEFORE,
    /** When it sleeps, waiting for the lock. */
    ASLEEP,
    /** At any time while it calls. */
    WHENEVER,
    /** Not at all. */
    NEVER
  }

  private static final class Stage extends KernelObject {
    final Completion held;
    final Completion release;
    final Completion calls;

    Stage(Kernel kernel, CellFactory cells) {
      super(cells);
      held = new Completion(kernel, cells.embedded(this, "held"));
      release = new Completion(kernel, cells.embedded(this, "release"));
      calls = new Completion(kernel, cells.embedded(this, "calls"));
      held.init();
      release.init();
      calls.init();
    }
  }

  /** Tasks 0 to 2: one that holds mmap_lock, the victim, the killer. */
  private static final class Cast {
    private final Kernel kernel;
    private final AddressSpace mm;
    private final AioSyscalls aio;
    private final Stage stage;
    private final UserPages words;
    private final UserPages reserved;
    private final ScenarioContext.Register result;
    private final ScenarioContext.Register afterwards;

    Cast(ScenarioContext context) {
      kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      words = kernel.create("memory", cells -> new UserPages(cells, 8));
      reserved = kernel.create("reserved", cells -> new UserPages(cells, 0));
      mm = kernel.create("mm", cells -> new AddressSpace(kernel, cells, List.of(words), 4));
      FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 4));
      aio = new AioSyscalls(
          AioSubsystem.create(
              vfs, AioParameters.DEFAULT.withMaximumRequests(MAXIMUM), AioPollDesigns.named("linux-5.16"), Map.of()),
          mm, files);
      stage = kernel.create("stage", cells -> new Stage(kernel, cells));
      result = context.register("io_setup");
      afterwards = context.register("afterwards");
      mm.space().addOwner(aio::moved);
      mm.space().addOwner((pages, address, bytes) -> {
        stage.held.completeAll();
        stage.release.await();
        return true;
      });
    }

    private long address(int word) {
      return mm.addressOf(words, (long) word * Long.BYTES);
    }

    void hold(int requests) {
      long made = aio.ioSetup(requests, address(0));
      long place = mm.space().map(reserved);
      long ring = words.word(0).read();
      long moved = mm.space().move(ring, Objects.requireNonNull(mm.ringAt(ring)).bytes(), place);
      stage.calls.await();
      // What is left of aio-max-nr can be had, and no more.
      long tooMuch = aio.ioSetup(MAXIMUM - requests + 1, address(2));
      long rest = aio.ioSetup(MAXIMUM - requests, address(2));
      afterwards.set(made != 0 || moved != 0 || tooMuch != -EAGAIN ? -1 : rest);
      aio.ioDestroy(words.word(2).read());
      aio.ioDestroy(place);
    }

    void call(Kill kill, int requests) {
      if (kill == Kill.BEFORE) {
        kernel.current().sendSignal(Task.SIGKILL);
      }
      stage.held.await();
      long found = aio.ioSetup(requests, address(1));
      result.set(found);
      if (found == 0) {
        aio.ioDestroy(words.word(1).read());
      }
      kernel.current().dequeueSignal(Task.SIGKILL);
      stage.calls.complete();
      stage.release.complete();
    }

    void kill(Kill kill) {
      if (kill == Kill.WHENEVER || kill == Kill.ASLEEP) {
        while (kill == Kill.ASLEEP && kernel.task(1).state() != Task.KILLABLE) {
          kernel.barriers().mb();
        }
        kernel.task(1).sendSignal(Task.SIGKILL);
      }
    }
  }

  /** What io_setup of the victim returns, in all runs on all architectures. */
  private static TreeSet<Long> results(Kill kill, boolean letGo, int held, int requests, int failNth) {
    TreeSet<Long> seen = new TreeSet<>();
    for (Architecture architecture : Programs.architectures()) {
      Emulator emulator = Emulator.random(
          architecture, EmulatorSettings.of(3).withFaults(FaultSettings.failNth(failNth)), 1);
      emulator.setUp(new Programs.Program(context -> {
        Cast cast = new Cast(context);
        context.thread("holder", () -> cast.hold(held));
        context.thread("victim", () -> cast.call(kill, requests));
        context.thread("killer", () -> cast.kill(kill));
        if (letGo) {
          context.thread("releaser", () -> {
            cast.stage.held.await();
            cast.stage.release.complete();
          });
        }
      }), Map.of());
      for (int run = 0; run < RUNS; run++) {
        RunResult result = emulator.run();
        String which = "%s, %s, run %d".formatted(architecture.name(), kill, run);
        assertEquals(List.of(), result.violations(), which);
        assertEquals(0, result.registers()[1], which);
        seen.add(result.registers()[0]);
      }
    }
    return seen;
  }

  private static TreeSet<Long> only(long... values) {
    TreeSet<Long> all = new TreeSet<>();
    for (long value : values) {
      all.add(value);
    }
    return all;
  }

  @Test
  void aTaskThatMustWaitGivesUp() {
    assertEquals(only(-EINTR), results(Kill.ASLEEP, false, 4, 4, 0));
    assertEquals(only(-EINTR), results(Kill.BEFORE, false, 4, 4, 0));
  }

  /** The lock may be free by the time it is wanted: then the signal does not matter. */
  @Test
  void aTaskThatNeedNotWaitDoesNot() {
    assertEquals(only(-EINTR, 0), results(Kill.BEFORE, true, 4, 4, 0));
    assertEquals(only(-EINTR, 0), results(Kill.WHENEVER, true, 4, 4, 0));
    assertEquals(only(0), results(Kill.NEVER, true, 4, 4, 0));
  }

  /** Allocations 1 to 3 are the holder's; 4 and 5, context and ring, come before the lock. */
  @Test
  void noMemoryIsFoundBefore() {
    assertEquals(only(-ENOMEM), results(Kill.BEFORE, false, 4, 4, 4));
    assertEquals(only(-ENOMEM), results(Kill.BEFORE, false, 4, 4, 5));
  }

  /** Together they ask for more than aio-max-nr. */
  @Test
  void tooManyTogetherIsFoundAfterwards() {
    assertEquals(only(-EAGAIN), results(Kill.NEVER, true, 10, 10, 0));
    assertEquals(only(-EINTR), results(Kill.ASLEEP, false, 10, 10, 0));
  }
}
