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

/** {@link RandomDevice} for workloads, of its old kind: an interrupt brings entropy, reading spends it. */
public final class RandomDriver implements Driver {

  private static final long BITS = 64;

  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "/dev/random as up to 5.17: two queues, woken without keys";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new RandomDevice(vfs, true));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(RandomDevice driver) implements SingleFileSource.Device {

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
      driver.credit(BITS);
      return 0;
    }

    @Override
    public long lower(File file) {
      return driver.drain() ? 0 : -Errno.EAGAIN;
    }
  }
}
