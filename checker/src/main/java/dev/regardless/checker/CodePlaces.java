package dev.regardless.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where in the emulated code each event comes from. */
final class CodePlaces {

  private static final int DEEPEST = 3;
  private static final Set<String> GENERIC = Set.of("AtomicCell", "ListHead", "SpinLock", "Task", "RefCount", "Mutex");

  private final List<String> byEvent = new ArrayList<>();

  CodePlaces(int events) {
    for (int event = 0; event < events; event++) {
      byEvent.add("");
    }
  }

  /**
   * The running code is about to do the event. What belongs to every subsystem (an atomic counter, a list) is shown with
   * its caller, outermost first: {@code RefCount.decrementAndTest > AtomicCell.fetchSub:81}.
   */
  void at(int event) {
    List<StackWalker.StackFrame> frames = StackWalker.getInstance()
        .walk(all -> all.filter(frame -> !isPlumbing(frame.getClassName())).limit(DEEPEST).toList());
    StringBuilder place = new StringBuilder();
    for (StackWalker.StackFrame frame : frames) {
      String text = simpleName(frame.getClassName()) + '.' + methodName(frame.getMethodName());
      if (place.isEmpty()) {
        place.append(text).append(':').append(frame.getLineNumber());
      } else {
        place.insert(0, text + " > ");
      }
      if (!GENERIC.contains(simpleName(frame.getClassName()))) {
        break;
      }
    }
    byEvent.set(event, place.toString());
  }

  /** The method that a lambda expression is written in. */
  private static String methodName(String name) {
    String[] parts = name.split("\\$", -1);
    return parts.length > 1 && parts[0].equals("lambda") ? parts[1] : name;
  }

  private static boolean isPlumbing(String name) {
    return name.startsWith("dev.regardless.machine.")
        || name.startsWith("dev.regardless.memory.")
        || name.startsWith("dev.regardless.arch.")
        || name.startsWith("dev.regardless.emulation.")
        || (name.startsWith("dev.regardless.checker.") && !name.startsWith("dev.regardless.checker.programs."));
  }

  private static String simpleName(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  List<String> byEvent() {
    return byEvent;
  }
}
