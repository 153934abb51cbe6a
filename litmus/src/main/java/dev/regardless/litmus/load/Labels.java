package dev.regardless.litmus.load;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.ParsedTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The labels of all threads and the instructions they stand before. */
final class Labels {
  private static final int MAXIMAL_THREADS = 512;
  private static final int MAXIMAL_INSTRUCTIONS = 4000;

  private final String file;
  private final List<Map<String, Integer>> byThread = new ArrayList<>();

  Labels(ParsedTest parsed) {
    file = parsed.file();
    if (parsed.threads().size() > MAXIMAL_THREADS) {
      throw new UnsupportedTestException(file + ": not supported: more than " + MAXIMAL_THREADS + " threads");
    }
    for (List<CodeLine> thread : parsed.threads()) {
      Map<String, Integer> labels = new LinkedHashMap<>();
      int index = 0;
      for (CodeLine line : thread) {
        for (String label : line.labels()) {
          if (labels.putIfAbsent(label, index) != null) {
            throw line.position().error("label '" + label + "' again", "a label that this thread does not have yet");
          }
        }
        index += line.text().isEmpty() ? 0 : 1;
      }
      if (index > MAXIMAL_INSTRUCTIONS) {
        throw new UnsupportedTestException(
            file + ": not supported: more than " + MAXIMAL_INSTRUCTIONS + " instructions in a thread");
      }
      byThread.add(labels);
    }
  }

  Map<String, Integer> of(int thread) {
    return byThread.get(thread);
  }

  int index(Constant.CodeAddress label) {
    Integer index = label.thread() < byThread.size() ? byThread.get(label.thread()).get(label.label()) : null;
    if (index == null) {
      throw BadInputException.in(file,
          "P" + label.thread() + ":" + label.label() + " in the initial state or condition",
          "a label of the test");
    }
    return index;
  }

  /** The code address of {@code name} or {@code P1:name} as an instruction of {@code thread} means it. */
  OptionalLong find(int thread, String name) {
    int colon = name.indexOf(':');
    if (colon > 0) {
      String number = name.substring(name.startsWith("P") ? 1 : 0, colon);
      int other = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : byThread.size();
      return other < byThread.size() ? find(other, name.substring(colon + 1), false) : OptionalLong.empty();
    }
    return find(thread, name, true);
  }

  private OptionalLong find(int thread, String name, boolean elsewhere) {
    Integer index = byThread.get(thread).get(name);
    if (index != null) {
      return OptionalLong.of(CodeAddress.of(thread, index));
    }
    for (int other = 0; elsewhere && other < byThread.size(); other++) {
      Integer there = byThread.get(other).get(name);
      if (there != null) {
        return OptionalLong.of(CodeAddress.of(other, there));
      }
    }
    return OptionalLong.empty();
  }
}
