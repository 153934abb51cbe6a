package dev.regardless.tests.drivers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.drivers.Binder;
import dev.regardless.drivers.M2mDevice;
import dev.regardless.emulation.Violation;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.tests.kernel.Programs;
import dev.regardless.vfs.File;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The rows of v4l2-m2m and binder: queues, keys, masks. */
class VideoAndBinderTest {

  @Test
  void aVideoDeviceHasThreeQueuesAndNoKeys() {
    DriverBench.run(M2mDevice::new, (bench, device) -> {
      File file = device.open();
      PollRecorder all = bench.recorder();
      bench.expect("nothing", "0", bench.poll(file, all));
      bench.expect("queues", 3, all.queues());
      device.captureDone(file);
      bench.expect("capture", "1:0", all.wakes());
      bench.expect("IN", "41", bench.poll(file));
      device.outputDone(file);
      bench.expect("output", "0:0", all.wakes());
      bench.expect("IN and OUT", "145", bench.poll(file));
      device.event(file);
      bench.expect("event", "2:0", all.wakes());
      bench.expect("all", "147", bench.poll(file));
      bench.expect("taken", true, device.takeCapture(file));
      bench.expect("none left", false, device.takeCapture(file));
      bench.expect("OUT and PRI", "106", bench.poll(file));
      bench.expect("event taken", true, device.takeEvent(file));
      bench.expect("OUT", "104", bench.poll(file));
      all.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void aVideoDeviceRegistersTheQueuesAskedFor() {
    DriverBench.run(M2mDevice::new, (bench, device) -> {
      File file = device.open();
      device.event(file);
      device.captureDone(file);
      PollRecorder priority = bench.recorder(2);
      bench.expect("PRI only", "2", bench.poll(file, priority));
      bench.expect("queues for PRI", 1, priority.queues());
      PollRecorder data = bench.recorder(1);
      bench.expect("IN", "41", bench.poll(file, data));
      bench.expect("queues for IN", 2, data.queues());
      priority.leave();
      data.leave();
      bench.vfs.fputSync(file);
    });
  }

  /** Not for who asks for events alone. */
  @Test
  void aVideoDeviceThatDoesNotStreamIsInError() {
    DriverBench.run(M2mDevice::new, (bench, device) -> {
      File file = device.open();
      PollRecorder all = bench.recorder();
      PollRecorder priority = bench.recorder(2);
      device.captureDone(file);
      bench.expect("IN", "41", bench.poll(file, all));
      device.streamOff(file);
      bench.expect("both sides", "0:0 1:0", all.wakes());
      bench.expect("ERR", "8", bench.poll(file));
      device.event(file);
      bench.expect("ERR and PRI", "a", bench.poll(file));
      bench.expect("PRI only", "2", bench.poll(file, priority));
      device.streamOn(file);
      bench.expect("what was done is gone", "2", bench.poll(file));
      all.leave();
      priority.leave();
      bench.vfs.fputSync(file);
    });
  }

  @Test
  void aBinderThreadTakesItsQueueAway() {
    DriverBench.run(Binder::new, (bench, binder) -> {
      File file = binder.open();
      PollRecorder recorder = bench.recorder();
      bench.expect("nothing", "0", bench.poll(file, recorder));
      bench.expect("queues", 1, recorder.queues());
      binder.transact(file);
      bench.expect("work", "0:0", recorder.wakes());
      bench.expect("IN", "1", bench.poll(file));
      bench.expect("taken", true, binder.take(file));
      bench.expect("none left", false, binder.take(file));
      bench.expect("nothing again", "0", bench.poll(file));
      recorder.leave();
      binder.exitThread(file);
      bench.expect("a new thread, for which nothing has come", "0", bench.poll(file));
      binder.exitThread(file);
      binder.transact(file);
      bench.expect("a new thread finds what came while there was none", "1", bench.poll(file));
      bench.expect("taken", true, binder.take(file));
      bench.expect("nothing is left", "0", bench.poll(file));
      bench.vfs.fputSync(file);
    });
  }

  /** wake_up_pollfree warns of who stays on a queue that is about to be freed. */
  @Test
  void pollersThatStayAreReported() {
    Violation found = Programs.violates("sc", 1, 1, PropertyKind.ASSERTION, context -> {
      Kernel kernel = new Kernel(context.machine());
      Vfs vfs = new Vfs(kernel);
      Binder binder = new Binder(vfs);
      PollRecorder staying = kernel.create("recorder", cells -> new PollRecorder(cells, -1));
      context.thread("only", () -> {
        File file = binder.open();
        vfs.poll(file, staying);
        binder.exitThread(file);
      });
    });
    assertTrue(found.message().startsWith("POLLFREE left entries on "), found.message());
  }

  @Test
  void pollersThatStayWouldSeePollfree() {
    DriverBench.run(Binder::new, (bench, binder) -> {
      File file = binder.open();
      PollRecorder leaving = bench.leavingRecorder();
      bench.poll(file, leaving);
      binder.exitThread(file);
      bench.expect("HUP and POLLFREE", "0:4010", leaving.wakes());
      bench.vfs.fputSync(file);
    });
  }
}
