package dev.regardless.emulation;

/**
 * What a {@link StorageSubsystem} is made with.
 *
 * @param threads number of hardware threads
 * @param chooser source of all its nondeterminism
 * @param storeBufferEntries capacity of one store buffer; where the architecture has none, how many of the newest writes
 *     a write may overtake
 * @param historyEntries writes kept per location, where the architecture keeps a history; a reader that would need an
 *     older one is pushed forward and counted ({@link StorageSubsystem#forcedForward})
 * @param drainBias chance in millionths that writes that a CPU holds back go to memory when they may; the engine takes
 *     internal transitions with it, and a storage without those does as much itself. 1,000,000: nothing is held back
 * @param controlAfterEveryRead whether each write is ordered after all earlier reads of its thread, as if by control
 *     dependency: true for Java kernel code, whose branches are not visible to the engine
 * @param freedWrites told when a write reaches memory over {@link dev.regardless.memory.Memory#FREED}
 */
public record StorageParameters(
    int threads,
    Chooser chooser,
    int storeBufferEntries,
    int historyEntries,
    int drainBias,
    boolean controlAfterEveryRead,
    FreedWriteListener freedWrites) {

  /** Those of an emulator, for Java kernel code. */
  static StorageParameters of(EmulatorSettings settings, Chooser chooser, FreedWriteListener freedWrites) {
    return new StorageParameters(settings.cpus(), chooser, settings.storeBufferEntries(), settings.historyEntries(),
        settings.drainBias(), true, freedWrites);
  }

  /** Told of writes to freed locations at the moment they reach memory, which may be long after the instruction. */
  @FunctionalInterface
  public interface FreedWriteListener {
    void wroteFreed(int thread, int location);
  }
}
