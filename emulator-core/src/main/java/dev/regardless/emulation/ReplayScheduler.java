package dev.regardless.emulation;

/** Decides as recorded. */
public final class ReplayScheduler implements Scheduler {

  private final ChoiceSource source;

  public ReplayScheduler(ChoiceSource source) {
    this.source = source;
  }

  @Override
  public int pick(long enabled, int current) {
    long cpu = source.take();
    if (cpu >= Long.SIZE || (enabled & (1L << cpu)) == 0) {
      throw source.refuse(cpu, "one of the CPUs that can run, 0x%x".formatted(enabled));
    }
    return (int) cpu;
  }

  @Override
  public int quantum() {
    long quantum = source.take();
    if (quantum < 1 || quantum > Integer.MAX_VALUE) {
      throw source.refuse(quantum, "a quantum");
    }
    return (int) quantum;
  }

  @Override
  public void restart(long seed) {
    // The recording is the whole of it.
  }
}
