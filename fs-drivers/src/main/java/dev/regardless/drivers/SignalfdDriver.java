package dev.regardless.drivers;

import dev.regardless.kernel.Task;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;
import java.util.List;

/**
 * {@link Signalfd} for workloads: the workload's tasks are threads of one process, which is sent a signal. All files wait for
 * the same one, so a signal makes all of them ready, and who reads it from one takes it from all.
 *
 * <p>An aio poll finds a signal that is pending when it is submitted, and no later one: the work item that looks again after
 * the wake-up is no task of the process (fs/aio.c to this day; reported in November 2019). Such a poll ends by being
 * cancelled.
 */
public final class SignalfdDriver implements Driver {

  private static final int LAST_SIGNAL = 63;

  @Override
  public String name() {
    return "signalfd";
  }

  @Override
  public String description() {
    return "signalfd4(2): aio finds only signals pending at submission; workloads need a timeout";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter(
        "signal", "10", "the signal that all files wait for, 1 to " + LAST_SIGNAL + ", not 9 or 19"));
  }

  @Override
  public boolean missesLaterEvents() {
    return true;
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    int signal = (int) settings.number("signal", 1, LAST_SIGNAL);
    if (signal == Task.SIGKILL || signal == Task.SIGSTOP) {
      throw new IllegalArgumentException(
          "parameter signal: expected one that can be blocked, not SIGKILL or SIGSTOP, got '%d'".formatted(signal));
    }
    SingleFileSource.Device device = new Device(new Signalfd(vfs), signal);
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(Signalfd driver, int signal) implements SingleFileSource.Device {

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    public File open() {
      return driver.open(1L << signal, OpenFlags.NONBLOCK);
    }

    @Override
    public long raise(File file) {
      driver.sendToProcess(signal);
      return 0;
    }

    @Override
    public long lower(File file) {
      return driver.take(file) ? 0 : -Errno.EAGAIN;
    }
  }
}
