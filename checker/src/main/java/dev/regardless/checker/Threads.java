package dev.regardless.checker;

import dev.regardless.machine.ThreadKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads of a scenario. A spawned thread is identified by its spawner and by how many threads that one spawned
 * before, so it has the same index in every execution and in every worker; its body belongs to the frame, for it may
 * differ.
 */
final class Threads {

  /** Limit of {@link dev.regardless.machine.Machine#maximumThreads}. */
  static final int MAXIMUM = 1024;

  private static final int CPUS = 4;

  private record Thread(String name, ThreadKind kind, int cpu, int spawner, int counter) {}

  private final ThreadNumbers numbers;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Runnable> bodies = new ArrayList<>();
  private final List<List<Integer>> children = new ArrayList<>();

  Threads(ThreadNumbers numbers) {
    this.numbers = numbers;
  }

  int addInitial(String name, ThreadKind kind, int cpu, Runnable body) {
    int index = threads.size();
    threads.add(new Thread(name, kind, cpu < 0 ? index % CPUS : cpu, -1, index));
    bodies.add(body);
    children.add(new ArrayList<>());
    return index;
  }

  /** The thread that is the {@code counter}-th spawned by {@code spawner}. */
  int spawned(int spawner, int counter, ThreadKind kind) {
    List<Integer> known = children.get(spawner);
    if (counter < known.size()) {
      int index = known.get(counter);
      Thread old = threads.get(index);
      if (old.kind != kind) {
        // Kinds may differ between executions; the index stays.
        threads.set(index, new Thread(nameOf(kind, spawner, counter), kind, old.cpu, spawner, counter));
      }
      return index;
    }
    int index = initial() + numbers.of(spawner, counter);
    if (index >= MAXIMUM) {
      throw new IllegalStateException("more than %d threads".formatted(MAXIMUM));
    }
    // Others may have numbered threads that this worker has not met.
    for (int next = threads.size(); next <= index; next++) {
      ThreadNumbers.Origin origin = numbers.origin(next - initial());
      threads.add(new Thread(nameOf(kind, origin.spawner(), origin.counter()), kind, cpu(origin.spawner()),
          origin.spawner(), origin.counter()));
      children.add(new ArrayList<>());
      children.get(origin.spawner()).add(next);
    }
    return index;
  }

  private String nameOf(ThreadKind kind, int spawner, int counter) {
    return "%s.%s%d".formatted(name(spawner), kind.name().toLowerCase(java.util.Locale.ROOT), counter);
  }

  int count() {
    return threads.size();
  }

  /** Number of threads that exist from the start; they have the lowest indices. */
  int initial() {
    return bodies.size();
  }

  String name(int thread) {
    return threads.get(thread).name;
  }

  ThreadKind kind(int thread) {
    return threads.get(thread).kind;
  }

  int cpu(int thread) {
    return threads.get(thread).cpu;
  }

  int cpus() {
    return CPUS;
  }

  /** The spawner of a thread, or -1. */
  int spawner(int thread) {
    return threads.get(thread).spawner;
  }

  /** Which of its spawner's threads it is. */
  int counter(int thread) {
    return threads.get(thread).counter;
  }

  /** What the thread runs in this frame. */
  Runnable body(Frame frame, int thread) {
    if (thread < bodies.size()) {
      return bodies.get(thread);
    }
    Runnable body = frame.bodies[thread];
    if (body == null) {
      throw new IllegalStateException("thread %s has no body".formatted(name(thread)));
    }
    return body;
  }
}
