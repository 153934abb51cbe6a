package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what went wrong in one run. */
final class Violations {

  private static final int FRAMES = 12;

  private final List<Violation> found = new ArrayList<>();

  void add(PropertyKind kind, String message, String thread, long cycles, long access, List<String> frames) {
    found.add(new Violation(kind, message, thread, cycles, access, frames));
  }

  /** The emulated code's part of a stack, innermost first. */
  static List<String> frames(StackTraceElement[] stack) {
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
