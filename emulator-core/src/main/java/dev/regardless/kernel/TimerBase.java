package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;

/** struct timer_base: the lock under which timers are armed and detached. One for the machine; Linux has one per CPU. */
final class TimerBase extends KernelObject {

  private final Machine machine;
  private final SpinLock lock;
  private final KmemCache<TimerSlot> slots;

  TimerBase(Kernel kernel, CellFactory cells) {
    super(cells);
    this.machine = cells.machine();
    this.lock = new SpinLock(cells, "lock");
    this.slots = new KmemCache<>(machine.memory(), "timer_slot", slotCells -> new TimerSlot(kernel, slotCells));
  }

  SpinLock lock() {
    return lock;
  }

  KmemCache<TimerSlot> slots() {
    return slots;
  }

  void start(TimerSlot slot, long delay) {
    machine.spawn(ThreadKind.TIMER, slot.body(), delay);
  }
}
