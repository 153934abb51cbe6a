package dev.regardless.emulation;

import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic objects of one machine: which are alive, and the quarantine that delays reuse of a shell so that late accesses
 * still meet poison (as KASAN's does, mm/kasan/quarantine.c).
 */
final class ObjectPool {

  /** The shells of one cache. */
  private static final class Shells {
    final List<KernelObject> all = new ArrayList<>();
    final ArrayDeque<KernelObject> quarantine = new ArrayDeque<>();
    int used;
    int usedBySetUp;
  }

  private final Memory memory;
  private final int quarantineLimit;
  private final List<Shells> caches = new ArrayList<>();
  /** Cache number plus 1 by object number; 0 for objects that live from set-up to the end. */
  private int[] cacheOf = new int[64];
  private boolean[] alive = new boolean[64];
  private boolean[] aliveFromSetUp = new boolean[0];
  private Memory.@Nullable Extent extent;
  private long allocated;
  private long freed;

  ObjectPool(Memory memory, int quarantineLimit) {
    this.memory = memory;
    this.quarantineLimit = quarantineLimit;
  }

  /** A shell to use now; its cells still hold whatever they held. */
  <T extends KernelObject> T take(KmemCache<T> cache) {
    Shells shells = shellsOf(cache.number());
    KernelObject shell;
    if (shells.quarantine.size() > quarantineLimit) {
      shell = shells.quarantine.removeFirst();
    } else {
      shell = cache.newShell();
      shells.all.add(shell);
      shells.used++;
      ensureObjects();
      cacheOf[shell.number()] = cache.number() + 1;
    }
    allocated++;
    alive[shell.number()] = true;
    @SuppressWarnings("unchecked") // the cache's own constructor made every shell of its list
    T result = (T) shell;
    return result;
  }

  /** False if the object was not alive: a double free. */
  boolean release(KernelObject object) {
    int number = object.number();
    if (!isAlive(number)) {
      return false;
    }
    alive[number] = false;
    freed++;
    shellsOf(cacheOf[number] - 1).quarantine.addLast(object);
    return true;
  }

  /** Whether the object of that number was allocated during the run and not freed. */
  boolean isAlive(int number) {
    return number < alive.length && alive[number];
  }

  /** Whether the object of that number came from a cache. */
  boolean isDynamic(int number) {
    return number < cacheOf.length && cacheOf[number] != 0;
  }

  /**
   * Forgets every object that set-up did not allocate: a later run makes them anew, with the same numbers as a first run. The
   * first call ends set-up.
   */
  void reset() {
    for (Shells shells : caches) {
      if (extent == null) {
        shells.usedBySetUp = shells.used;
      }
      shells.quarantine.clear();
      shells.used = shells.usedBySetUp;
      shells.all.subList(shells.used, shells.all.size()).clear();
    }
    if (extent == null) {
      extent = memory.extent();
      aliveFromSetUp = alive.clone();
    }
    memory.forgetSince(extent);
    Arrays.fill(cacheOf, Math.min(extent.objects(), cacheOf.length), cacheOf.length, 0);
    Arrays.fill(alive, false);
    System.arraycopy(aliveFromSetUp, 0, alive, 0, aliveFromSetUp.length);
    allocated = 0;
    freed = 0;
  }

  long allocated() {
    return allocated;
  }

  long freed() {
    return freed;
  }

  private Shells shellsOf(int cache) {
    while (caches.size() <= cache) {
      caches.add(new Shells());
    }
    return caches.get(cache);
  }

  private void ensureObjects() {
    int objects = memory.objects();
    if (objects > alive.length) {
      int size = Math.max(objects, alive.length * 2);
      cacheOf = Arrays.copyOf(cacheOf, size);
      alive = Arrays.copyOf(alive, size);
    }
  }
}
