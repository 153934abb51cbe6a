package dev.regardless.tests.kernel;

import dev.regardless.kernel.AtomicCell;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

class FileTableTest {

  /** Counts releases in its private object; offers nothing. */
  private static final class Operations extends FileOperations {
    Operations(CellFactory cells) {
      super(cells);
    }

    @Override
    public void release(File file) {
      file.privateData(Data.class).releases.increment();
    }
  }

  private static final class Data extends KernelObject {
    final AtomicCell releases;
    final AtomicCell lookups;

    Data(CellFactory cells) {
      super(cells);
      releases = new AtomicCell(cells, "releases");
      lookups = new AtomicCell(cells, "lookups");
    }
  }

  private static final class Fixture {
    final Kernel kernel;
    final Vfs vfs;
    final FileTable files;
    final FileSystemCalls calls;
    final Operations operations;
    final Data data;

    Fixture(ScenarioContext context, int size) {
      kernel = new Kernel(context.machine());
      vfs = new Vfs(kernel);
      files = kernel.create("files", cells -> new FileTable(vfs, cells, size));
      calls = new FileSystemCalls(vfs, files);
      operations = kernel.create("fops", Operations::new);
      data = kernel.create("data", Data::new);
    }

    File open() {
      return vfs.openFile(operations, data, OpenFlags.MODE_READ, OpenFlags.RDONLY);
    }
  }

  @Test
  void descriptorsAreTheLowestFreeOnes() {
    Programs.always(1, 1, "[0, 1, 2, -24, 1, -9, -9, -9, 4]", context -> {
      Fixture fixture = new Fixture(context, 3);
      ScenarioContext.Register[] results = new ScenarioContext.Register[9];
      for (int i = 0; i < results.length; i++) {
        results[i] = context.register("r" + i);
      }
      context.thread("only", () -> {
        results[0].set(fixture.calls.installNew(fixture.open()));
        results[1].set(fixture.calls.installNew(fixture.open()));
        results[2].set(fixture.calls.dup(0));
        results[3].set(fixture.calls.installNew(fixture.open()));
        fixture.calls.close(1);
        results[4].set(fixture.calls.installNew(fixture.open()));
        fixture.calls.close(1);
        results[5].set(fixture.calls.close(1));
        results[6].set(fixture.calls.close(3));
        results[7].set(fixture.calls.dup(-1));
        fixture.calls.close(0);
        fixture.calls.close(2);
        results[8].set(fixture.data.releases.read());
      });
    });
  }

  @Test
  void whatADriverLacksIsRefused() {
    Programs.always(1, 1, "[-22, -9, -22, %d]".formatted(PollEvents.DEFAULT_POLLMASK), context -> {
      Fixture fixture = new Fixture(context, 1);
      ScenarioContext.Register[] results = new ScenarioContext.Register[4];
      for (int i = 0; i < results.length; i++) {
        results[i] = context.register("r" + i);
      }
      context.thread("only", () -> {
        File file = fixture.open();
        fixture.files.install(file);
        UserBuffer buffer = UserBuffer.constant(8, 0);
        results[0].set(fixture.calls.read(0, buffer));
        results[1].set(fixture.calls.write(0, buffer));
        results[2].set(fixture.calls.fsync(0, false));
        results[3].set(fixture.vfs.poll(file, null));
        fixture.calls.close(0);
      });
    });
  }

  /** Whoever drops the last reference, the file is released once, freed once, and never used after that. */
  @Test
  void lookupsRaceWithClose() {
    Programs.always(3, 400, "[1]", context -> {
      Fixture fixture = new Fixture(context, 1);
      fixture.files.install(fixture.open());
      ScenarioContext.Register releases = context.register("releases");
      for (int user = 0; user < 2; user++) {
        context.thread("user", () -> {
          File file = fixture.files.fget(0);
          if (file != null) {
            if (file.mode() != OpenFlags.MODE_READ || fixture.data.releases.read() != 0) {
              context.machine().violation(PropertyKind.INVARIANT, "released while a reference is held");
            }
            fixture.data.lookups.increment();
            fixture.vfs.fput(file);
          }
          fixture.kernel.exitToUserMode();
        });
      }
      context.thread("closer", () -> fixture.calls.close(0));
      context.atEnd(() -> releases.set(fixture.data.releases.read()));
    });
  }

  @Test
  void closingTwiceAtOnceSucceedsOnce() {
    Programs.always(2, 200, "[1, %d]".formatted(-Errno.EBADF), context -> {
      Fixture fixture = new Fixture(context, 1);
      fixture.files.install(fixture.open());
      ScenarioContext.Register releases = context.register("releases");
      ScenarioContext.Register sum = context.register("sum");
      Counter results = context.create("results", Counter::new);
      context.thread("first", () -> results.value.write(fixture.calls.close(0)));
      context.thread("second", () -> results.other.write(fixture.calls.close(0)));
      context.atEnd(() -> {
        releases.set(fixture.data.releases.read());
        sum.set(results.value.read() + results.other.read());
      });
    });
  }

  /** The last reference, dropped where nothing may sleep, is released by a work item. */
  @Test
  void interruptsReleaseLater() {
    Programs.always(2, 200, "[1]", context -> {
      Fixture fixture = new Fixture(context, 1);
      File file = fixture.open();
      ScenarioContext.Register releases = context.register("releases");
      context.thread("irq", ThreadKind.INTERRUPT, 0, () -> fixture.vfs.fput(file));
      context.atEnd(() -> releases.set(fixture.data.releases.read()));
    });
  }

  @Test
  void aTaskReleasesWhenItLeavesTheKernel() {
    Programs.always(1, 1, "[0, 1]", context -> {
      Fixture fixture = new Fixture(context, 1);
      ScenarioContext.Register before = context.register("before");
      ScenarioContext.Register after = context.register("after");
      context.thread("only", () -> {
        fixture.vfs.fput(fixture.open());
        before.set(fixture.data.releases.read());
        fixture.kernel.exitToUserMode();
        after.set(fixture.data.releases.read());
      });
    });
  }

  @Test
  void aReferenceTooFewIsAUseAfterFree() {
    Programs.violates("sc", 2, 1_000, PropertyKind.USE_AFTER_FREE, context -> {
      Fixture fixture = new Fixture(context, 1);
      File file = fixture.open();
      fixture.files.install(file);
      context.thread("user", () -> {
        // Takes no reference, as aio's poll did before CVE-2019-10125 was fixed.
        for (int i = 0; i < 10; i++) {
          fixture.data.lookups.add(file.mode());
        }
      });
      context.thread("closer", () -> fixture.calls.close(0));
    });
  }
}
