package dev.regardless.drivers;

import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link Inotify} for workloads: something happens to a watched file. */
public final class InotifyDriver implements Driver {

  @Override
  public String name() {
    return "inotify";
  }

  @Override
  public String description() {
    return "inotify_init1(2): one queue, woken without a key";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new Inotify(vfs));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(Inotify driver) implements SingleFileSource.Device {

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
      driver.insertEvent(file);
      return 0;
    }

    @Override
    public long lower(File file) {
      return driver.drain(file);
    }
  }
}
