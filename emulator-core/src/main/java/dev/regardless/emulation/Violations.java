package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what went wrong in one run. */
final class Violations {

  private static final int FRAMES = 12;

  private final List<Violation> found = new ArrayList<>();
  private @Nullable VirtualClock clock;
  private @Nullable Counters counters;

  /** Where to read the time and the number of accesses. */
  void measureBy(VirtualClock byClock, Counters byCounters) {
    this.clock = byClock;
    this.counters = byCounters;
  }

  /** {@code thread} is null in end checks. */
  void add(PropertyKind kind, String message, @Nullable EmulatedThread thread, StackTraceElement[] stack) {
    long cycles = clock == null ? 0 : thread == null ? clock.latest() : clock.cycles(thread.cpu);
    long accesses = counters == null ? 0 : counters.accesses();
    found.add(new Violation(kind, message, thread == null ? "" : thread.name, cycles, accesses, frames(stack)));
  }

  /** The emulated code's part of a stack, innermost first. */
  private static List<String> frames(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> isEngine(frame.getClassName()))
        .takeWhile(frame -> !isEngine(frame.getClassName()))
        .limit(FRAMES)
        .map(frame -> frame.getClassName() + '.' + frame.getMethodName() + ':' + frame.getLineNumber())
        .toList();
  }

  private static boolean isEngine(String className) {
    return className.startsWith("dev.regardless.emulation.")
        || className.startsWith("dev.regardless.arch.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  List<Violation> found() {
    return List.copyOf(found);
  }

  void clear() {
    found.clear();
  }
}
