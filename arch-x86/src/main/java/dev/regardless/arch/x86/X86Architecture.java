package dev.regardless.arch.x86;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.execution.MemoryModel;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.CostModel;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import java.util.List;

/** The architecture {@code x86}: x86-64 with total store order. */
public final class X86Architecture implements Architecture {

  /** A locked addition of 0 to the stack, which is what smp_mb is on x86-64; orders as {@link #MFENCE} does. */
  public static final int LOCKED_ADD = 0;

  /** MFENCE. */
  public static final int MFENCE = 1;

  private static final List<String> FENCES = List.of("lock addl $0,-4(%rsp)", "mfence");

  private static final CostModel COSTS = new CostModel(
      5,
      109,
      1,
      115,
      18,
      List.of(18, 33),
      2_000,
      5_000,
      "loads and stores: David, Guerraoui, Trigonakis, \"Everything You Always Wanted to Know About Synchronization"
          + " but Were Afraid to Ask\", SOSP 2013, table 2, Xeon, same socket; locked instructions and fences: Fog,"
          + " \"Instruction tables\", Skylake; task switch and wake: order of magnitude, about 1 and 2 microseconds");

  @Override
  public String name() {
    return "x86";
  }

  @Override
  public String description() {
    return "x86-64: total store order, one store buffer per CPU";
  }

  @Override
  public List<String> primitiveVariants() {
    return List.of("x86-64");
  }

  @Override
  public KernelPrimitives primitives(Machine machine, String variant) {
    if (!primitiveVariants().contains(variant)) {
      throw new IllegalArgumentException("unknown variant '%s' of x86; expected x86-64".formatted(variant));
    }
    return new X86Primitives(machine);
  }

  @Override
  public StorageSubsystem storage(StorageParameters parameters) {
    return new StoreBuffers(parameters);
  }

  @Override
  public MemoryModel memoryModel() {
    return new TotalStoreOrder((1 << LOCKED_ADD) | (1 << MFENCE));
  }

  @Override
  public CostModel costs() {
    return COSTS;
  }

  @Override
  public String fenceName(int fence) {
    return FENCES.get(fence);
  }

  @Override
  public int fences() {
    return FENCES.size();
  }

  @Override
  public int fullFence() {
    return LOCKED_ADD;
  }

  @Override
  public boolean hasExclusives() {
    return false;
  }

  @Override
  public List<String> approximations() {
    return List.of("a store buffer holds a configured number of stores; when it is full its oldest one drains first");
  }
}
