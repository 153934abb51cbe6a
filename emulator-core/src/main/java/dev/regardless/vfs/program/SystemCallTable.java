package dev.regardless.vfs.program;

import dev.regardless.vfs.Errno;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system calls of one process, by name. Filled at set-up. */
public final class SystemCallTable {

  private final SortedMap<String, SystemCall> calls = new TreeMap<>();

  /**
   * Adds a call.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public void add(String name, SystemCall call) {
    if (calls.putIfAbsent(name, call) != null) {
      throw new IllegalStateException("two system calls are named " + name);
    }
  }

  /** Whether there is such a call. */
  public boolean has(String name) {
    return calls.containsKey(name);
  }

  /** The names, in order. */
  public Iterable<String> names() {
    return calls.keySet();
  }

  /** The call of that name; sys_ni_syscall if there is none. */
  public SystemCall named(String name) {
    return calls.getOrDefault(name, (first, second, third, fourth, fifth, sixth) -> -Errno.ENOSYS);
  }
}
