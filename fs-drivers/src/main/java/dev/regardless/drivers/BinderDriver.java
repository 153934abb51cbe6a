package dev.regardless.drivers;

import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link Binder} for workloads: work arrives for the thread that polls. */
public final class BinderDriver implements Driver {

  @Override
  public String name() {
    return "binder";
  }

  @Override
  public String description() {
    return "binder: the queue is a thread's and may be freed first (POLLFREE)";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter(
        "thread-exits", "false",
        "whether the thread exits after each piece of work: other polls of the file meet POLLFREE"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new Binder(vfs), settings.flag("thread-exits"));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(Binder driver, boolean threadExits) implements SingleFileSource.Device {

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    public File open() {
      return driver.open();
    }

    @Override
    public long raise(File file) {
      driver.transact(file);
      return 0;
    }

    @Override
    public long lower(File file) {
      boolean taken = driver.take(file);
      if (taken && threadExits) {
        driver.exitThread(file);
      }
      return taken ? 0 : -Errno.EAGAIN;
    }
  }
}
