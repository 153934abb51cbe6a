package dev.regardless.tests.drivers;

import dev.regardless.drivers.ScriptedFile;
import dev.regardless.drivers.ScriptedFile.Behaviour;
import dev.regardless.drivers.ScriptedFile.Wake;
import dev.regardless.machine.PropertyKind;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import org.junit.jupiter.api.Test;

class ScriptedFileTest {

  private static final int ALL = PollEvents.IN | PollEvents.OUT | PollEvents.PRI;

  private static void wakes(String expected, Behaviour behaviour) {
    DriverBench.run(vfs -> new ScriptedFile(vfs, behaviour), (bench, scripted) -> {
      File file = scripted.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("quiet", "0", bench.poll(file, recorder));
      bench.expect("queues", behaviour.queues(), recorder.queues());
      scripted.raise(file, ALL);
      bench.expect("wakes", expected, recorder.wakes());
      bench.expect("raised", Integer.toHexString(new int[] {0, 1, 5, 7}[behaviour.queues()]), bench.poll(file));
      bench.expect("lower", true, scripted.lower(file, ALL));
      bench.expect("lowered", "0", bench.poll(file));
      bench.expect("lower again", false, scripted.lower(file, ALL));
      recorder.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void queuesAndKeysAreAsConfigured() {
    for (Wake wake : Wake.values()) {
      wakes("0:1", new Behaviour(1, false, true, wake, false));
      wakes("0:1 1:4", new Behaviour(2, false, true, wake, false));
      wakes("0:0 1:0 2:0", new Behaviour(3, false, false, wake, false));
    }
  }

  @Test
  void theKeyChoosesTheQueues() {
    DriverBench.run(vfs -> new ScriptedFile(vfs, new Behaviour(3, true, true, Wake.AFTER, false)),
        (bench, scripted) -> {
          File file = scripted.open();
          for (int wanted = 0; wanted < 8; wanted++) {
            PollRecorder recorder = bench.recorder(wanted);
            bench.poll(file, recorder);
            bench.expect("queues for " + wanted, Integer.bitCount(wanted), recorder.queues());
            recorder.leave();
          }
          bench.vfs.fputSync(file);
        });
  }

  @Test
  void pollfreeFindsWhoStays() {
    Programs.violates("sc", 1, 1, PropertyKind.ASSERTION, context -> {
      dev.regardless.kernel.Kernel kernel = new dev.regardless.kernel.Kernel(context.machine());
      dev.regardless.vfs.Vfs vfs = new dev.regardless.vfs.Vfs(kernel);
      ScriptedFile scripted = new ScriptedFile(vfs, new Behaviour(1, false, true, Wake.AFTER, true));
      PollRecorder recorder = kernel.create("recorder", cells -> new PollRecorder(cells, -1));
      context.thread("only", () -> {
        File file = scripted.open();
        vfs.poll(file, recorder);
        vfs.fputSync(file);
      });
    });
  }
}
