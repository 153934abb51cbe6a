package dev.regardless.litmus.report;

import dev.regardless.input.BadInputException;
import java.util.ArrayList;
import java.util.List;

/** Walks over the lines of a log. Lines between tests and unknown lines within one are passed over, as herd's tools do. */
final class LogParser {
  private final String file;
  private final List<String> lines;
  private int at;

  LogParser(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    skipToTest();
  }

  boolean hasNext() {
    return at < lines.size();
  }

  LogEntry next() {
    String[] title = lines.get(at++).split(" ");
    if (title.length != 3) {
      at--;
      throw error("'" + lines.get(at) + "'", "'Test NAME KIND'");
    }
    List<String> states = states();
    String verdict = line("'Ok' or 'No'");
    boolean loop = verdict.startsWith("Loop ");
    String word = loop ? verdict.substring("Loop ".length()) : verdict;
    if (!word.equals("Ok") && !word.equals("No") && !word.equals("Undef")) {
      throw error("'" + verdict + "'", "'Ok' or 'No'");
    }
    at++;
    String condition = "";
    String hash = "";
    long positive = -1;
    long negative = -1;
    double seconds = 0;
    while (at < lines.size() && !lines.get(at).startsWith("Test ")) {
      String line = lines.get(at);
      String[] words = line.split(" ");
      if (line.startsWith("Condition ")) {
        condition = line.substring("Condition ".length());
      } else if (line.startsWith("Observation ") && words.length == 5) {
        positive = number(words[3]);
        negative = number(words[4]);
      } else if (line.startsWith("Time ") && words.length == 3) {
        seconds = seconds(words[2]);
      } else if (line.startsWith("Hash=")) {
        hash = line.substring("Hash=".length());
      }
      at++;
    }
    if (positive < 0) {
      at = Math.min(at, lines.size() - 1);
      throw error("end of test '" + title[1] + "'", "its Observation line");
    }
    return new LogEntry(title[1], title[2], states, word.equals("Ok"), loop, positive, negative, condition, seconds,
        hash);
  }

  private List<String> states() {
    String line = line("'States N'");
    if (!line.startsWith("States ")) {
      throw error("'" + line + "'", "'States N'");
    }
    long count = number(line.substring("States ".length()).strip());
    at++;
    List<String> states = new ArrayList<>();
    for (long state = 0; state < count; state++) {
      states.add(line("a final state").strip());
      at++;
    }
    return states;
  }

  private String line(String expected) {
    if (at >= lines.size()) {
      at = lines.size() - 1;
      throw error("end of file", expected);
    }
    return lines.get(at);
  }

  private long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw error("'" + text + "'", "a number");
    }
    return Long.parseLong(text);
  }

  private double seconds(String text) {
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
      throw error("'" + text + "'", "seconds");
    }
    return Double.parseDouble(text);
  }

  private void skipToTest() {
    while (at < lines.size() && !lines.get(at).startsWith("Test ")) {
      at++;
    }
  }

  BadInputException error(String found, String expected) {
    return BadInputException.at(file, at + 1, 1, found, expected);
  }
}
