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

/** {@link ScriptedFile} for workloads. */
public final class ScriptedDriver implements Driver {

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String description() {
    return "a file that polls as configured, for tests: queues, keys, locking";
  }

  @Override
  public List<DriverParameter> parameters() {
    return List.of(
        new DriverParameter("queues", "1", "wait queues that poll registers, 1 to 3: for IN, OUT and PRI"),
        new DriverParameter("by-key", "false", "registers only the queues that the poller's events ask for"),
        new DriverParameter("keyed", "true", "wake-ups carry the event; otherwise no key"),
        new DriverParameter(
            "wake", "locked", "locked, after, if-active or if-active-without-barrier: state against wake-up"));
  }

  @Override
  public AttachedDriver attach(Vfs vfs, DriverSettings settings) {
    ScriptedFile.Wake wake = switch (settings.oneOf("wake", "locked", "after", "if-active",
        "if-active-without-barrier")) {
      case "locked" -> ScriptedFile.Wake.LOCKED;
      case "after" -> ScriptedFile.Wake.AFTER;
      case "if-active" -> ScriptedFile.Wake.IF_ACTIVE;
      default -> ScriptedFile.Wake.IF_ACTIVE_WITHOUT_BARRIER;
    };
    ScriptedFile scripted = new ScriptedFile(
        vfs,
        new ScriptedFile.Behaviour(
            (int) settings.number("queues", 1, 3),
            settings.flag("by-key"),
            settings.flag("keyed"),
            wake,
            false));
    SingleFileSource.Device device = new Device(scripted);
    return (name, calls) -> vfs.kernel().create(name, cells -> new SingleFileSource(cells, vfs, calls, device));
  }

  private record Device(ScriptedFile scripted) implements SingleFileSource.Device {

    @Override
    public int events() {
      return PollEvents.IN;
    }

    @Override
    public File open() {
      return scripted.open();
    }

    @Override
    public long raise(File file) {
      scripted.raise(file, PollEvents.IN);
      return 0;
    }

    @Override
    public long lower(File file) {
      return scripted.lower(file, PollEvents.IN) ? 0 : -Errno.EAGAIN;
    }
  }
}
