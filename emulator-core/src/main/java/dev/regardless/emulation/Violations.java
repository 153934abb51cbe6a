package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import java.util.ArrayList;
import java.util.List;

/** Collects what went wrong in one run. */
final class Violations {

  private static final int FRAMES = 12;

  private final List<Violation> found = new ArrayList<>();

  void add(PropertyKind kind, String message, String thread, long cycles, long access) {
    List<String> frames = StackWalker.getInstance()
        .walk(
            stack -> stack
                .dropWhile(frame -> isEngine(frame.getClassName()))
                .takeWhile(frame -> !isEngine(frame.getClassName()))
                .limit(FRAMES)
                .map(frame -> frame.getClassName() + '.' + frame.getMethodName() + ':' + frame.getLineNumber())
                .toList());
    found.add(new Violation(kind, message, thread, cycles, access, frames));
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
