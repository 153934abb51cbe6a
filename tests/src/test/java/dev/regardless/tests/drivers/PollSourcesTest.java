package dev.regardless.tests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Drivers;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.Vfs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every driver as workloads use it: by its name, its parameters and its source of events. */
class PollSourcesTest {

  private static final class Fixture {
    final Kernel kernel;
    final Vfs vfs;
    final FileSystemCalls calls;
    final PollSource source;

    Fixture(ScenarioContext context, String driver, String parameters) {
      kernel = new Kernel(context.machine());
      vfs = new Vfs(kernel);
      FileTable files = kernel.create("files", cells -> new FileTable(vfs, cells, 8));
      calls = new FileSystemCalls(vfs, files);
      Driver found = Drivers.named(driver);
      source = found.attach(vfs, new DriverSettings(found, map(parameters))).source("source", calls);
    }
  }

  private static Map<String, String> map(String text) {
    Map<String, String> map = new TreeMap<>();
    if (text != null) {
      for (String each : text.split(";")) {
        map.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
      }
    }
    return map;
  }

  @ParameterizedTest
  @CsvSource({"eventfd,", "eventfd,semaphore=true", "pipe,", "pipe,end=write;buffers=2", "pipe,end=both",
      "pipe,queues=one", "pipe,wake=splice", "pipe,wake=splice;end=both", "socket,", "timerfd,delay=1",
      "timerfd,delay=5;interval=1000", "scripted,", "scripted,queues=3;wake=if-active;keyed=false", "binder,",
      "inotify,",
      "tty,", "v4l2-m2m,", "epoll,", "tcp,", "random,", "signalfd,", "signalfd,signal=63"})
  void oneTaskMakesReadyAndUnready(String driver, String parameters) {
    Programs.always(1, 1, "[0, 1, 0, -9, -9, -1]", context -> {
      Fixture fixture = new Fixture(context, driver, parameters);
      ScenarioContext.Register[] results = new ScenarioContext.Register[6];
      for (int i = 0; i < results.length; i++) {
        results[i] = context.register("r" + i);
      }
      context.thread("only", () -> {
        PollSource source = fixture.source;
        int fd = source.open();
        boolean inverse = "pipe".equals(driver) && parameters != null && parameters.contains("end=write");
        if (inverse) {
          source.makeUnready(); // an empty pipe can be written to
        }
        results[0].set(isReady(fixture, fd));
        source.makeReady();
        awaitTimer(fixture, driver);
        results[1].set(isReady(fixture, fd));
        source.makeUnready();
        results[2].set(isReady(fixture, fd));
        source.close();
        results[3].set(source.makeReady());
        results[4].set(source.close());
        results[5].set(source.descriptor());
      });
    });
  }

  /** A regular file cannot be made unready, nor readier. */
  @Test
  void aRegularFileIsAlwaysReady() {
    Programs.always(1, 1, "[1, -11, 1, -11, 1, 0]", context -> {
      Fixture fixture = new Fixture(context, "regular", null);
      ScenarioContext.Register[] results = new ScenarioContext.Register[6];
      for (int i = 0; i < results.length; i++) {
        results[i] = context.register("r" + i);
      }
      context.thread("only", () -> {
        PollSource source = fixture.source;
        int fd = source.open();
        results[0].set(isReady(fixture, fd));
        results[1].set(source.makeReady());
        results[2].set(isReady(fixture, fd));
        results[3].set(source.makeUnready());
        results[4].set(isReady(fixture, fd));
        results[5].set(source.close());
      });
    });
  }

  private static void awaitTimer(Fixture fixture, String driver) {
    if (driver.equals("timerfd")) {
      dev.regardless.kernel.Task current = fixture.kernel.current();
      current.setCurrentState(dev.regardless.kernel.Task.UNINTERRUPTIBLE);
      while (current.scheduleTimeout(100_000, dev.regardless.kernel.Task.UNINTERRUPTIBLE)) {
        current.setCurrentState(dev.regardless.kernel.Task.UNINTERRUPTIBLE);
      }
    }
  }

  private static long isReady(Fixture fixture, int fd) {
    File file = fixture.calls.files().fget(fd);
    long ready = (fixture.vfs.poll(file, null) & fixture.source.events()) != 0 ? 1 : 0;
    fixture.vfs.fput(file);
    fixture.kernel.exitToUserMode();
    return ready;
  }

  /** Anybody may use a source at any time: nothing leaks, nothing freed is touched, the source can be opened again. */
  @ParameterizedTest
  @CsvSource({"eventfd,", "pipe,", "pipe,end=both", "pipe,queues=one", "pipe,wake=splice", "socket,", "timerfd,delay=1",
      "scripted,", "binder,", "inotify,", "tty,", "v4l2-m2m,",
      "epoll,", "tcp,", "regular,", "signalfd,"})
  void tasksRace(String driver, String parameters) {
    Programs.holds(3, 120, context -> {
      Fixture fixture = new Fixture(context, driver, parameters);
      context.thread("opener", () -> {
        for (int i = 0; i < 2; i++) {
          fixture.source.open();
          fixture.source.makeReady();
          fixture.source.makeUnready();
          fixture.source.close();
        }
      });
      for (int user = 0; user < 2; user++) {
        context.thread("user", () -> {
          for (int i = 0; i < 3; i++) {
            long ready = fixture.source.makeReady();
            long unready = fixture.source.makeUnready();
            if (ready > 0 || unready > 0) {
              context.machine().violation(PropertyKind.ASSERTION, ready + ", " + unready);
            }
          }
        });
      }
    });
  }

  @Test
  void driversAreListedByName() {
    assertTrue(
        Drivers.all().stream().map(Driver::name).toList()
            .containsAll(List.of(
                "binder", "epoll", "eventfd", "inotify", "pipe", "random", "regular", "scripted", "signalfd",
                "socket", "tcp", "timerfd", "tty", "v4l2-m2m")));
    for (Driver driver : Drivers.all()) {
      assertTrue(!driver.description().isBlank() && !driver.description().contains("\n"), driver.name());
    }
    assertEquals(
        "unknown driver 'nope'",
        assertThrows(IllegalArgumentException.class, () -> Drivers.named("nope")).getMessage().split(";")[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"eventfd|initial=x|parameter initial: expected a number from 0 to 4294967295, got 'x'",
          "eventfd|semaphore=1|parameter semaphore: expected true or false, got '1'",
          "eventfd|nope=1|driver eventfd has no parameter 'nope'; expected one of initial, semaphore",
          "pipe|end=none|parameter end: expected one of read, write, both, got 'none'",
          "pipe|page-size=12|parameter page-size: expected a multiple of 8, got '12'",
          "pipe|buffers=0|parameter buffers: expected a number from 1 to 64, got '0'",
          "timerfd|delay=0|parameter delay: expected a number from 1 to 1000000000, got '0'",
          "signalfd|signal=64|parameter signal: expected a number from 1 to 63, got '64'",
          "signalfd|signal=9|parameter signal: expected one that can be blocked, not SIGKILL or SIGSTOP, got '9'",
          "scripted|wake=never|parameter wake: expected one of locked, after, if-active, if-active-without-barrier,"
              + " got 'never'"})
  void wrongParametersAreNamed(String driver, String parameters, String message) {
    assertEquals(
        message,
        assertThrows(
            IllegalArgumentException.class,
            () -> Programs.holds(1, 1, context -> new Fixture(context, driver, parameters))).getMessage());
  }

  @Test
  void tooManyDescriptorsAreRefused() {
    Programs.always(1, 1, "[%d]".formatted(-Errno.EMFILE), context -> {
      Fixture fixture = new Fixture(context, "eventfd", null);
      ScenarioContext.Register last = context.register("last");
      context.thread("only", () -> {
        long fd = 0;
        while (fd >= 0) {
          fd = fixture.source.open();
        }
        last.set(fd);
        for (int open = 0; open < 8; open++) {
          fixture.calls.close(open);
        }
      });
    });
  }
}
