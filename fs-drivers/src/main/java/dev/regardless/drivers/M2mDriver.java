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

/** {@link M2mDevice} for workloads: frames are captured and taken. */
public final class M2mDriver implements Driver {

  @Override
  public String name() {
    return "v4l2-m2m";
  }

  @Override
  public String description() {
    return "a memory-to-memory video device: up to three queues, by what the poller asks for";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new M2mDevice(vfs));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(M2mDevice driver) implements SingleFileSource.Device {

    @Override
    public int events() {
      return PollEvents.PRI;
    }

    @Override
    public File open() {
      return driver.open();
    }

    @Override
    public long raise(File file) {
      driver.event(file);
      return 0;
    }

    @Override
    public long lower(File file) {
      return driver.takeEvent(file) ? 0 : -Errno.EAGAIN;
    }
  }
}
