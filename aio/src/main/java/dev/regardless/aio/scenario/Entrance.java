package dev.regardless.aio.scenario;

import dev.regardless.kernel.SpinLock;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.ScenarioContext;

/**
 * What lookup_ioctx and the reference of {@code users} do for one caller, in the fewest steps: its system call is let in
 * before io_destroy, which then waits for it to leave, or finds nothing.
 */
final class Entrance extends KernelObject {

  private final SpinLock inside;
  private final LongCell closed;

  private Entrance(CellFactory cells) {
    super(cells);
    inside = new SpinLock(cells, "inside");
    closed = new LongCell(cells, "closed");
  }

  static Entrance create(ScenarioContext scenario, String of) {
    return scenario.create("entrance of " + of, Entrance::new);
  }

  /** Makes a system call, unless it is too late. */
  void call(Runnable systemCall) {
    inside.lock();
    if (closed.read() == 0) {
      systemCall.run();
    }
    inside.unlock();
  }

  /** Lets nobody in any more, once who is inside has left. */
  void close() {
    inside.lock();
    closed.write(1);
    inside.unlock();
  }
}
