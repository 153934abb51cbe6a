package dev.regardless.checker;

import java.util.ArrayList;
import java.util.List;

/** Where in the emulated code each event comes from. */
final class CodePlaces {

  private final List<String> byEvent = new ArrayList<>();

  CodePlaces(int events) {
    for (int event = 0; event < events; event++) {
      byEvent.add("");
    }
  }

  /** The running code is about to do the event. */
  void at(int event) {
    String place = StackWalker.getInstance()
        .walk(frames -> frames.filter(frame -> !isPlumbing(frame.getClassName())).findFirst())
        .map(frame -> simpleName(frame.getClassName()) + '.' + frame.getMethodName() + ':' + frame.getLineNumber())
        .orElse("");
    byEvent.set(event, place);
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
