package dev.regardless.kernel;

import dev.regardless.machine.Machine;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;

/**
 * One unsigned long per CPU, changed by its own CPU only, without a locked instruction: this_cpu_add. The plain read and
 * write stand for x86's gs-relative add and arm64's preemption-disabled sequence: nothing on the same CPU comes between
 * them, and they order nothing. Source: include/linux/percpu-defs.h (6.x).
 *
 * <p>Rests on {@link Machine#currentCpu}: two threads of one CPU must not interleave between preemptDisable with
 * interruptsDisable and their counterparts.
 */
public final class PerCpuCounter {

  private final Machine machine;
  private final LongCell[] counts;

  public PerCpuCounter(CellFactory cells, String field) {
    this.machine = cells.machine();
    this.counts = new LongCell[machine.cpus()];
    for (int cpu = 0; cpu < counts.length; cpu++) {
      counts[cpu] = new LongCell(cells, field + '[' + cpu + ']');
    }
  }

  /** Sets all CPUs' counts to 0, before the counter is shared. */
  public void init() {
    for (LongCell count : counts) {
      count.write(0);
    }
  }

  /** this_cpu_add. */
  public void add(long value) {
    machine.preemptDisable();
    machine.interruptsDisable();
    LongCell count = counts[machine.currentCpu()];
    count.write(count.read() + value);
    machine.interruptsEnable();
    machine.preemptEnable();
  }

  /** this_cpu_read, for callers that stay on their CPU. */
  public LongCell ofThisCpu() {
    return counts[machine.currentCpu()];
  }

  /** The sum over all CPUs, read one by one: exact only once nobody changes them. */
  public long sum() {
    long sum = 0;
    for (LongCell count : counts) {
      sum += count.read();
    }
    return sum;
  }
}
