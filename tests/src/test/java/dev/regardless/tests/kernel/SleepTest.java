package dev.regardless.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Completion;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.kernel.WaitQueueEntry;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SleepTest {

  private static final class Meeting extends KernelObject {
    final WaitQueueHead queue;
    final Completion completion;
    final LongCell flag;
    final AtomicCell tokens;
    final AtomicCell passed;

    Meeting(Kernel kernel, CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "queue"));
      completion = new Completion(kernel, cells.embedded(this, "completion"));
      flag = new LongCell(cells, "flag");
      tokens = new AtomicCell(cells, "tokens");
      passed = new AtomicCell(cells, "passed");
      queue.init();
      completion.init();
    }

    boolean takeToken() {
      return tokens.fetchAddUnless(-1, 0, 9) != 0;
    }
  }

  private static Meeting meeting(Kernel kernel) {
    return kernel.create("meeting", cells -> new Meeting(kernel, cells));
  }

  @Test
  void noWakeUpIsLost() {
    Programs.always(3, 400, "[2]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register passed = context.register("passed");
      for (int waiter = 0; waiter < 2; waiter++) {
        context.thread("waiter", () -> {
          kernel.waitEvent(meeting.queue, () -> meeting.flag.readOnce() != 0);
          meeting.passed.increment();
        });
      }
      context.thread("waker", () -> {
        meeting.flag.writeOnce(1);
        meeting.queue.wakeUp();
      });
      context.atEnd(() -> passed.set(meeting.passed.read()));
    });
  }

  @Test
  void withoutTheLockALookAtTheQueueNeedsTheBarrier() {
    for (String name : List.of("x86", "arm64")) {
      Programs.violates(name, 2, 200_000, PropertyKind.HANG, context -> unlockedWaker(context, false));
    }
    Programs.holds(2, 1_000, context -> unlockedWaker(context, true));
  }

  private static void unlockedWaker(ScenarioContext context, boolean barrier) {
    Kernel kernel = new Kernel(context.machine());
    Meeting meeting = meeting(kernel);
    context.thread("waiter", () -> kernel.waitEvent(meeting.queue, () -> meeting.flag.readOnce() != 0));
    context.thread("waker", () -> {
      meeting.flag.writeOnce(1);
      if (barrier ? meeting.queue.hasSleeper() : meeting.queue.waitqueueActive()) {
        meeting.queue.wakeUp();
      }
    });
  }

  /** As many exclusive waiters pass as there are wake-ups with a token each. */
  @Test
  void exclusiveWaitersAreWokenOneByOne() {
    Programs.always(3, 300, "[2, 0]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register passed = context.register("passed");
      ScenarioContext.Register tokens = context.register("tokens");
      for (int waiter = 0; waiter < 2; waiter++) {
        context.thread("waiter", () -> {
          kernel.waitEventInterruptibleExclusive(meeting.queue, meeting::takeToken);
          meeting.passed.increment();
        });
      }
      context.thread("waker", () -> {
        for (int token = 0; token < 2; token++) {
          meeting.tokens.increment();
          meeting.queue.wakeUpInterruptible();
        }
      });
      context.atEnd(() -> {
        passed.set(meeting.passed.read());
        tokens.set(meeting.tokens.read());
      });
    });
  }

  /** Entries whose functions write down their call: the walk's order, keys and limits. */
  private static final class Recorder extends KernelObject {
    final WaitQueueHead queue;
    final WaitQueueEntry[] entries = new WaitQueueEntry[3];
    final LongCell log;

    Recorder(CellFactory cells) {
      super(cells);
      queue = new WaitQueueHead(cells.embedded(this, "queue"));
      log = new LongCell(cells, "log");
      queue.init();
      for (int i = 0; i < entries.length; i++) {
        int digit = i + 1;
        entries[i] = new WaitQueueEntry(cells.embedded(this, "entry" + i), (entry, mode, flags, key) -> {
          log.write(log.read() * 10 + digit);
          return (int) key;
        });
        entries[i].init(null);
      }
    }
  }

  private static void walk(String expected, java.util.function.Consumer<Recorder> body) {
    Programs.always(1, 1, expected, context -> {
      Recorder recorder = context.create("recorder", Recorder::new);
      ScenarioContext.Register log = context.register("log");
      context.thread("only", () -> {
        body.accept(recorder);
        log.set(recorder.log.read());
      });
    });
  }

  @Test
  void nonExclusiveEntriesComeFirstNewestFirstAndExclusiveOnesLast() {
    walk("[213]", recorder -> {
      recorder.queue.addWaitQueueExclusive(recorder.entries[2]);
      recorder.queue.addWaitQueue(recorder.entries[0]);
      recorder.queue.addWaitQueue(recorder.entries[1]);
      recorder.queue.wakeUpPoll(0);
    });
  }

  @Test
  void aWakeUpEndsAtItsLastExclusiveEntry() {
    walk("[12]", recorder -> {
      recorder.queue.addWaitQueueExclusive(recorder.entries[1]);
      recorder.queue.addWaitQueueExclusive(recorder.entries[2]);
      recorder.queue.addWaitQueue(recorder.entries[0]);
      recorder.queue.wakeUpPoll(1);
    });
    walk("[123]", recorder -> {
      recorder.queue.addWaitQueueExclusive(recorder.entries[1]);
      recorder.queue.addWaitQueueExclusive(recorder.entries[2]);
      recorder.queue.addWaitQueue(recorder.entries[0]);
      recorder.queue.wakeUp(Task.NORMAL, 0, 1);
    });
  }

  @Test
  void anExclusiveEntryThatWokeNobodyDoesNotCount() {
    walk("[12]", recorder -> {
      recorder.queue.addWaitQueueExclusive(recorder.entries[0]);
      recorder.queue.addWaitQueueExclusive(recorder.entries[1]);
      recorder.queue.wakeUpPoll(0);
    });
  }

  @Test
  void aNegativeAnswerEndsTheWalk() {
    walk("[1]", recorder -> {
      recorder.queue.addWaitQueue(recorder.entries[1]);
      recorder.queue.addWaitQueue(recorder.entries[0]);
      recorder.queue.wakeUpPoll(-1);
    });
  }

  @Test
  void aRemovedEntryIsNotWoken() {
    walk("[2]", recorder -> {
      recorder.queue.addWaitQueue(recorder.entries[1]);
      recorder.queue.addWaitQueue(recorder.entries[0]);
      recorder.queue.removeWaitQueue(recorder.entries[0]);
      recorder.queue.wakeUpAll();
    });
  }

  @Test
  void pollfreeThatLeavesEntriesIsReported() {
    Programs.violates("sc", 1, 1, PropertyKind.ASSERTION, context -> {
      Recorder recorder = context.create("recorder", Recorder::new);
      context.thread("only", () -> {
        recorder.queue.addWaitQueue(recorder.entries[0]);
        recorder.queue.wakeUpPollfree();
      });
    });
  }

  // ---- completions -----------------------------------------------------------------------------------------------------

  @Test
  void completionsAreCounted() {
    Programs.always(3, 300, "[2, 0]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register passed = context.register("passed");
      ScenarioContext.Register left = context.register("left");
      for (int waiter = 0; waiter < 2; waiter++) {
        context.thread("waiter", () -> {
          meeting.completion.await();
          meeting.passed.increment();
        });
      }
      context.thread("completer", () -> {
        meeting.completion.complete();
        meeting.completion.complete();
      });
      context.atEnd(() -> {
        passed.set(meeting.passed.read());
        left.set(meeting.completion.tryAwait() ? 1 : 0);
      });
    });
  }

  @Test
  void whatCameBeforeACompletionIsSeenAfterIt() {
    Programs.always(2, 400, "[7]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register seen = context.register("seen");
      context.thread("waiter", () -> {
        meeting.completion.await();
        seen.set(meeting.flag.read());
      });
      context.thread("completer", () -> {
        meeting.flag.write(7);
        meeting.completion.complete();
      });
    });
  }

  @Test
  void completeAllLetsEverybodyPassForEver() {
    Programs.always(3, 200, "[3, 1]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register passed = context.register("passed");
      ScenarioContext.Register done = context.register("done");
      for (int waiter = 0; waiter < 3; waiter++) {
        context.thread("waiter", () -> {
          meeting.completion.await();
          meeting.passed.increment();
        });
      }
      context.thread("completer", meeting.completion::completeAll);
      context.atEnd(() -> {
        passed.set(meeting.passed.read());
        done.set(meeting.completion.isDone() ? 1 : 0);
      });
    });
  }

  @Test
  void aCompletionTooFewHangs() {
    Programs.violates("arm64", 2, 1, PropertyKind.HANG, context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      for (int waiter = 0; waiter < 2; waiter++) {
        context.thread("waiter", meeting.completion::await);
      }
      context.thread("completer", meeting.completion::complete);
    });
  }

  // ---- signals and time ------------------------------------------------------------------------------------------------

  @Test
  void aSignalEndsAnInterruptibleWait() {
    Programs.always(2, 300, "[-512]", context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      ScenarioContext.Register result = context.register("result");
      context.thread(
          "waiter",
          () -> result.set(kernel.waitEventInterruptible(meeting.queue, () -> meeting.flag.readOnce() != 0)));
      context.thread("killer", () -> kernel.task(0).sendSignal(9));
    });
  }

  @Test
  void aSignalDoesNotEndAnUninterruptibleWait() {
    Programs.violates("sc", 2, 1, PropertyKind.HANG, context -> {
      Kernel kernel = new Kernel(context.machine());
      Meeting meeting = meeting(kernel);
      context.thread("waiter", () -> kernel.waitEvent(meeting.queue, () -> meeting.flag.readOnce() != 0));
      context.thread("killer", () -> kernel.task(0).sendSignal(9));
    });
  }

  @Test
  void timeEndsAWait() {
    Programs.always(2, 100, "[0]", context -> timedWait(context, false));
  }

  @Test
  void aWakeUpOrTimeEndsAWait() {
    for (String name : List.of("sc", "x86", "arm64")) {
      assertEquals(
          Set.of("[0]", "[1]"), Programs.outcomes(name, 3, 600, context -> timedWait(context, true)), name);
    }
  }

  private static void timedWait(ScenarioContext context, boolean woken) {
    Kernel kernel = new Kernel(context.machine());
    Meeting meeting = meeting(kernel);
    ScenarioContext.Register result = context.register("result");
    context.thread(
        "waiter",
        () -> result.set(
            kernel.waitEventTimeout(meeting.queue, () -> meeting.flag.readOnce() != 0, 0, Task.INTERRUPTIBLE)));
    if (woken) {
      context.thread("waker", () -> {
        // Late enough for the timer to win sometimes.
        for (int i = 0; i < 60; i++) {
          meeting.tokens.increment();
        }
        meeting.flag.writeOnce(1);
        meeting.queue.wakeUp();
      });
    }
  }
}
