package dev.regardless.aio;

import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.vfs.program.SystemCallGroup;
import dev.regardless.vfs.program.SystemCallTable;
import dev.regardless.vfs.program.UserProcess;
import java.util.Collections;

/** The aio calls of user programs, on the poll design that the scenario's parameter {@code design} names. */
public final class AioCallGroup implements SystemCallGroup {

  /** Made by the service loader. */
  public AioCallGroup() {}

  private static int maximumRequests(UserProcess process) {
    String text = process.parameter("aio-max-nr");
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw new IllegalArgumentException("parameter aio-max-nr: expected a positive number, got '" + text + "'");
  }

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    AioSubsystem subsystem = process.shared(AioSubsystem.class, "aio", () -> AioSubsystem.create(
        process.vfs(), AioParameters.DEFAULT.withMaximumRequests(maximumRequests(process)),
        AioPollDesigns.named(process.parameter("design")),
        Collections.emptySortedMap()));
    AddressSpace mm = process.kernel().create("ioctx_table", cells -> new AddressSpace(cells, process.space()));
    AioSyscalls aio = new AioSyscalls(subsystem, mm, process.files());
    process.onAddressSpaceExit(aio::exitAio);
    process.space().addOwner(aio::moved);
    table.add("io_setup", (nr, handle, third, fourth, fifth, sixth) -> aio.ioSetup((int) nr, handle));
    table.add("io_destroy", (handle, second, third, fourth, fifth, sixth) -> aio.ioDestroy(handle));
    table.add("io_submit", (handle, nr, iocbs, fourth, fifth, sixth) -> aio.ioSubmit(handle, nr, iocbs));
    table.add("io_cancel", (handle, iocb, result, fourth, fifth, sixth) -> aio.ioCancel(handle, iocb));
    table.add("io_getevents",
        (handle, least, most, events, timeout, sixth) -> aio.ioGetevents(handle, least, most, events, timeout));
    table.add("io_pgetevents", aio::ioPgetevents);
  }
}
