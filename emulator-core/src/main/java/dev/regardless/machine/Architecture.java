package dev.regardless.machine;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.execution.MemoryModel;
import java.util.List;

/**
 * One architecture: its memory, its mapping of kernel primitives and its costs. Found through {@link
 * java.util.ServiceLoader}; see {@link Architectures}. Everything that differs between architectures is behind this
 * interface.
 */
public interface Architecture {

  /** Short id used in configuration and reports, e.g. {@code arm64}. */
  String name();

  /** One line for {@code list}. */
  String description();

  /** Selectable ways of mapping primitives, the default first, e.g. {@code lse}, {@code llsc}. */
  List<String> primitiveVariants();

  /** Maps kernel primitives to events of {@code machine}; {@code variant} is one of {@link #primitiveVariants}. */
  KernelPrimitives primitives(Machine machine, String variant);

  /** A fresh operational memory of this architecture. */
  StorageSubsystem storage(StorageParameters parameters);

  /** Which executions of kernel code this architecture allows, for the checking engine. */
  MemoryModel memoryModel();

  CostModel costs();

  /** Name of a fence number used by {@link Machine#fence}, e.g. {@code dmb ish}. */
  String fenceName(int fence);

  /** Number of fence numbers: they are {@code 0 .. fences() - 1}. */
  int fences();

  /** The fence that orders everything with everything; used at context switches. */
  int fullFence();

  /** Whether it has load-exclusive and store-exclusive instructions. */
  boolean hasExclusives();

  /** Behaviours that this architecture allows but its emulation does not produce, for reports; may be empty. */
  List<String> approximations();
}
