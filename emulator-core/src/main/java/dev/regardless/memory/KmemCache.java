package dev.regardless.memory;

import dev.regardless.machine.Machine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A slab cache: makes objects of one type. Which shell an allocation returns is the engine's business (a fresh one per
 * (thread, counter) under the checker, a recycled one after quarantine in emulation).
 */
public final class KmemCache<T extends KernelObject> {

  private final Memory memory;
  private final String name;
  private final Function<CellFactory, T> maker;
  private final int number;

  public KmemCache(Memory memory, String name, Function<CellFactory, T> maker) {
    this.memory = memory;
    this.name = name;
    this.maker = maker;
    this.number = memory.registerCache(this);
  }

  /** kmem_cache_alloc: the object's cells hold {@link Memory#UNINITIALISED}. */
  public T allocate() {
    return machine().allocate(this);
  }

  /**
   * kmem_cache_alloc by a caller that copes with NULL, as Linux's does at that place: null if the allocation is made to fail
   * ({@link Machine#shouldFailSlab}).
   */
  public @Nullable T allocateOrNull() {
    return machine().shouldFailSlab() ? null : allocate();
  }

  /** kmem_cache_free. */
  public void free(T object) {
    machine().free(object);
  }

  /** A new shell; for engines. */
  public T newShell() {
    return memory.createDynamic(name, maker);
  }

  public String name() {
    return name;
  }

  /** Dense number of this cache in its memory, from 0. */
  public int number() {
    return number;
  }

  public Machine machine() {
    return memory.machine();
  }
}
