package dev.regardless.emulation;

/** Passes decisions on and takes them down. */
public final class RecordingScheduler implements Scheduler {

  private final Scheduler scheduler;
  private final ChoiceSink sink;

  public RecordingScheduler(Scheduler scheduler, ChoiceSink sink) {
    this.scheduler = scheduler;
    this.sink = sink;
  }

  @Override
  public int pick(long enabled, int current) {
    int cpu = scheduler.pick(enabled, current);
    sink.put(cpu);
    return cpu;
  }

  @Override
  public int quantum() {
    int quantum = scheduler.quantum();
    sink.put(quantum);
    return quantum;
  }

  @Override
  public void restart(long seed) {
    scheduler.restart(seed);
  }
}
