package dev.regardless.drivers;

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

/** {@link RegularFile} for workloads: no poll operation, hence always ready, and never anything else. */
public final class RegularFileDriver implements Driver {

  private static final RegularFile.Disk DISK = new RegularFile.Disk(4096, 512, 2_000, 9_000, 0);

  @Override
  public String name() {
    return "regular";
  }

  @Override
  public String description() {
    return "a regular file: no queue, always ready; refused by aio poll up to 5.0";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of();
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new RegularFile(vfs, DISK));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(RegularFile driver) implements SingleFileSource.Device {

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    public File open() {
      return driver.create(OpenFlags.RDWR);
    }

    @Override
    public long raise(File file) {
      return -Errno.EAGAIN;
    }

    @Override
    public long lower(File file) {
      return -Errno.EAGAIN;
    }
  }
}
