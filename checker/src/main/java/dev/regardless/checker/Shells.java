package dev.regardless.checker;

import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shells of allocated objects, kept for all executions: what an allocation returns depends only on its thread, on how many
 * the thread made before and on the cache. Their cells are fresh in every execution because nothing wrote to them.
 */
final class Shells {

  private final List<List<List<@Nullable KernelObject>>> byThread = new ArrayList<>();
  private static final int[] NONE = {};

  private final BitSet dynamic = new BitSet();
  private final Map<Integer, int[]> origins = new HashMap<>();

  /** The shell that the {@code counter}-th allocation of a thread returns. */
  @SuppressWarnings("unchecked") // a shell is listed under the number of the cache that made it
  <T extends KernelObject> T of(int thread, int counter, KmemCache<T> cache) {
    List<@Nullable KernelObject> byCache = at(at(byThread, thread), counter);
    while (byCache.size() <= cache.number()) {
      byCache.add(null);
    }
    KernelObject shell = byCache.get(cache.number());
    if (shell == null) {
      shell = cache.newShell();
      byCache.set(cache.number(), shell);
      dynamic.set(shell.number());
      origins.put(shell.number(), new int[] {thread, counter, cache.number()});
    }
    return (T) shell;
  }

  private static <E> List<E> at(List<List<E>> lists, int index) {
    while (lists.size() <= index) {
      lists.add(new ArrayList<>());
    }
    return lists.get(index);
  }

  /** Thread, counter and cache of an allocated object; empty for one that set-up made. */
  int[] origin(int number) {
    return origins.getOrDefault(number, NONE);
  }

  /** Number of the object with that origin, made if need be. */
  int number(int thread, int counter, int cache, Memory memory) {
    return of(thread, counter, memory.cache(cache)).number();
  }

  /** Whether the object of that number is one of these. */
  boolean isDynamic(int number) {
    return dynamic.get(number);
  }

  /** Shells that the {@code counter}-th allocation of a thread may have returned, null where a cache was not used. */
  List<@Nullable KernelObject> candidates(int thread, int counter) {
    return at(at(byThread, thread), counter);
  }
}
