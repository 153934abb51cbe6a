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
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new Binder(vfs));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(Binder driver) implements SingleFileSource.Device {

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
      return driver.take(file) ? 0 : -Errno.EAGAIN;
    }
  }
}
