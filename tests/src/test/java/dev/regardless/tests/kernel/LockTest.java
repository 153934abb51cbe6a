package dev.regardless.tests.kernel;

import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Mutex;
import dev.regardless.kernel.SpinLock;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import org.junit.jupiter.api.Test;

class LockTest {

  private static final class Locks extends KernelObject {
    final SpinLock spin;
    final SpinLock second;
    final Mutex mutex;

    Locks(Kernel kernel, CellFactory cells) {
      super(cells);
      spin = new SpinLock(cells, "spin");
      second = new SpinLock(cells, "second");
      mutex = new Mutex(kernel, cells.embedded(this, "mutex"));
      mutex.init();
    }
  }

  private static Locks locks(ScenarioContext context) {
    Kernel kernel = new Kernel(context.machine());
    return kernel.create("locks", cells -> new Locks(kernel, cells));
  }

  /** {@code tasks} tasks add 1 twice each, guarded by {@code enter} and {@code leave}; the register shows the sum. */
  private static void count(
      ScenarioContext context, int tasks, java.util.function.BooleanSupplier enter, Runnable leave) {
    Counter counter = context.create("counter", Counter::new);
    ScenarioContext.Register sum = context.register("sum");
    for (int task = 0; task < tasks; task++) {
      context.thread("adder" + task, () -> {
        int left = 2;
        while (left > 0) {
          if (enter.getAsBoolean()) {
            counter.increment();
            leave.run();
            left--;
          }
        }
      });
    }
    context.atEnd(() -> sum.set(counter.value.read()));
  }

  @Test
  void spinLockExcludes() {
    Programs.always(3, 300, "[8]", context -> {
      Locks locks = locks(context);
      count(context, 4, () -> {
        locks.spin.lock();
        return true;
      }, locks.spin::unlock);
    });
  }

  @Test
  void spinLockWithInterruptsOffExcludes() {
    Programs.always(3, 300, "[8]", context -> {
      Locks locks = locks(context);
      count(context, 4, () -> {
        locks.spin.lockIrqsave();
        return true;
      }, locks.spin::unlockIrqrestore);
    });
  }

  @Test
  void spinTryLockExcludes() {
    Programs.always(2, 300, "[4]", context -> {
      Locks locks = locks(context);
      count(context, 2, locks.spin::tryLock, locks.spin::unlock);
    });
  }

  @Test
  void mutexExcludesMoreTasksThanCpus() {
    Programs.always(2, 300, "[8]", context -> {
      Locks locks = locks(context);
      count(context, 4, () -> {
        locks.mutex.lock();
        return true;
      }, locks.mutex::unlock);
    });
  }

  @Test
  void mutexTryLockExcludesLockers() {
    Programs.always(3, 300, "[6]", context -> {
      Locks locks = locks(context);
      Machine machine = context.machine();
      count(context, 3, () -> {
        if (machine.currentThread() == 0) {
          return locks.mutex.tryLock();
        }
        locks.mutex.lock();
        return true;
      }, locks.mutex::unlock);
    });
  }

  @Test
  void mutexIsFreeInTheEnd() {
    Programs.always(2, 100, "[0]", context -> {
      Locks locks = locks(context);
      ScenarioContext.Register held = context.register("held");
      for (int task = 0; task < 3; task++) {
        context.thread("locker", () -> {
          locks.mutex.lock();
          locks.mutex.unlock();
        });
      }
      context.atEnd(() -> held.set(locks.mutex.isLocked() ? 1 : 0));
    });
  }

  @Test
  void withoutALockIncrementsAreLost() {
    // The test of the tests above: they can fail.
    for (String architecture : new String[] {"sc", "x86", "arm64"}) {
      int outcomes = Programs.outcomes(architecture, 2, 200, context -> count(context, 2, () -> true, () -> {})).size();
      org.junit.jupiter.api.Assertions.assertTrue(outcomes > 1, architecture);
    }
  }

  @Test
  void oppositeOrdersAreReported() {
    Programs.violates("sc", 2, 500, PropertyKind.LOCK_ORDER, context -> {
      Locks locks = locks(context);
      context.thread("ab", () -> nest(locks.spin, locks.second));
      context.thread("ba", () -> nest(locks.second, locks.spin));
    });
  }

  private static void nest(SpinLock outer, SpinLock inner) {
    outer.lock();
    inner.lock();
    inner.unlock();
    outer.unlock();
  }

  @Test
  void aLockOfInterruptContextTakenWithInterruptsOnIsReported() {
    Programs.violates("sc", 2, 10, PropertyKind.LOCK_ORDER, context -> {
      Locks locks = locks(context);
      context.thread("task", () -> {
        locks.spin.lock();
        locks.spin.unlock();
      });
      context.thread("irq", ThreadKind.INTERRUPT, 1, () -> {
        locks.spin.lock();
        locks.spin.unlock();
      });
    });
  }

  @Test
  void aFreeMutexUnderASpinLockIsReported() {
    Programs.violates("sc", 1, 1, PropertyKind.SLEEP_IN_ATOMIC, context -> {
      Locks locks = locks(context);
      context.thread("sleeper", () -> {
        locks.spin.lock();
        locks.mutex.lock();
        locks.mutex.unlock();
        locks.spin.unlock();
      });
    });
  }

  @Test
  void sleepingUnderASpinLockIsReported() {
    Programs.violates("sc", 2, 200, PropertyKind.SLEEP_IN_ATOMIC, context -> {
      Locks locks = locks(context);
      for (int task = 0; task < 2; task++) {
        context.thread("sleeper", () -> {
          locks.mutex.lock();
          locks.mutex.unlock();
          SpinLock own = context.machine().currentThread() == 0 ? locks.spin : locks.second;
          own.lock();
          locks.mutex.lock();
          locks.mutex.unlock();
          own.unlock();
        });
      }
    });
  }
}
