package dev.regardless.drivers;

import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** {@link Terminal} for workloads: input arrives. */
public final class TerminalDriver implements Driver {

  @Override
  public String name() {
    return "tty";
  }

  @Override
  public String description() {
    return "a terminal: always two queues, so that aio refuses to poll it";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(new DriverParameter("room", "4096", "bytes that the output side holds, 1 to 1000000"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    SingleFileSource.Device device = new Device(new Terminal(vfs, settings.number("room", 1, 1_000_000)));
    return (name, calls) -> vfs.kernel().create(
        name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(Terminal driver) implements SingleFileSource.Device {

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
      driver.receive(file, 1);
      return 0;
    }

    @Override
    public long lower(File file) {
      return driver.drain(file);
    }
  }
}
