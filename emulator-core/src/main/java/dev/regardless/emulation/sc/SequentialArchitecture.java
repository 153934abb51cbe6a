package dev.regardless.emulation.sc;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.SequentialConsistency;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.CostModel;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import java.util.List;

/** The architecture {@code sc}: no access is ever reordered, so no primitive needs a fence. */
public final class SequentialArchitecture implements Architecture {

  /** The only fence; orders nothing that is not ordered anyway, and no primitive emits it. */
  static final int FENCE = 0;

  private static final CostModel COSTS = new CostModel(1, 1, 1, 1, 0, List.of(0), 0, 0,
      "none: every access costs one cycle, so cycles count accesses");

  @Override
  public String name() {
    return "sc";
  }

  @Override
  public String description() {
    return "sequential consistency: every access takes effect at once, in program order";
  }

  @Override
  public List<String> primitiveVariants() {
    return List.of("sc");
  }

  @Override
  public KernelPrimitives primitives(Machine machine, String variant) {
    if (!primitiveVariants().contains(variant)) {
      throw new IllegalArgumentException("unknown variant '%s' of sc; expected sc".formatted(variant));
    }
    return new SequentialPrimitives(machine);
  }

  @Override
  public StorageSubsystem storage(StorageParameters parameters) {
    return new SequentialStorage(parameters);
  }

  @Override
  public MemoryModel memoryModel() {
    return new SequentialConsistency();
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }

  @Override
  public String fenceName(int fence) {
    if (fence != FENCE) {
      throw new IllegalArgumentException("sc has no fence " + fence);
    }
    return "fence";
  }

  @Override
  public int fences() {
    return 1;
  }

  @Override
  public int fullFence() {
    return FENCE;
  }

  @Override
  public boolean hasExclusives() {
    return true;
  }

  @Override
  public List<String> approximations() {
    return List.of();
  }
}
