package dev.regardless.arch.arm64;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.execution.MemoryModel;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.CostModel;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import java.util.List;

/** The architecture {@code arm64}: Armv8-A in user mode, multi-copy atomic. */
public final class Arm64Architecture implements Architecture {

  /** DMB ISH: everything before with everything after. */
  public static final int DMB_ISH = 0;

  /** DMB ISHLD: earlier reads, unless their value is discarded, with everything after. */
  public static final int DMB_ISHLD = 1;

  /** DMB ISHST: earlier writes with later writes. */
  public static final int DMB_ISHST = 2;

  private static final List<String> FENCES = List.of("dmb ish", "dmb ishld", "dmb ishst");

  private static final CostModel COSTS = new CostModel(
      4,
      125,
      1,
      130,
      15,
      List.of(40, 15, 15),
      2_500,
      5_000,
      "load hit: Arm Neoverse N1 Software Optimization Guide (4 cycles); misses: about 50 ns from core to core at"
          + " 2.5 GHz, as measured on Graviton2; atomics and fences: orders of magnitude, ranked as in Liu, Zang,"
          + " Chen, \"No Barrier in the Road\", PPoPP 2020; task switch and wake: about 1 and 2 microseconds");

  @Override
  public String name() {
    return "arm64";
  }

  @Override
  public String description() {
    return "Armv8-A: reads and writes reorder unless dependencies, acquire/release or barriers forbid it";
  }

  /** {@code lse}: single-instruction atomics of Armv8.1; {@code llsc}: load-exclusive/store-exclusive loops. */
  @Override
  public List<String> primitiveVariants() {
    return List.of("lse", "llsc");
  }

  @Override
  public KernelPrimitives primitives(Machine machine, String variant) {
    return switch (variant) {
      case "lse" -> new LsePrimitives(machine);
      case "llsc" -> new ExclusivePrimitives(machine);
      default -> throw new IllegalArgumentException(
          "unknown variant '%s' of arm64; expected one of lse, llsc".formatted(variant));
    };
  }

  @Override
  public StorageSubsystem storage(StorageParameters parameters) {
    return new ViewMemory(parameters);
  }

  @Override
  public MemoryModel memoryModel() {
    return new Armv8(1 << DMB_ISH, 1 << DMB_ISHLD, 1 << DMB_ISHST);
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
    return DMB_ISH;
  }

  @Override
  public boolean hasExclusives() {
    return true;
  }

  @Override
  public List<String> approximations() {
    return List.of(
        "an acquire read of its thread's own atomic write comes after that write, as in Promising-ARM; herd's present"
            + " model orders it only after the atomic's read",
        "no load buffering: a write is ordered after every earlier read of its thread, as if by control dependency",
        "a location remembers a configured number of writes, and a write overtakes at most a configured number of"
            + " writes");
  }
}
