package dev.regardless.cli.check;

import java.io.PrintWriter;

/** Text in lines of a terminal's width. */
final class Paragraph {

  private static final int WIDTH = 110;

  private Paragraph() {}

  /** Prints {@code text} after {@code head}; what does not fit goes on below its beginning. */
  static void print(String head, String text, PrintWriter out) {
    StringBuilder line = new StringBuilder(head);
    String separator = "";
    for (String word : text.split(" ", -1)) {
      if (!separator.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder(" ".repeat(head.length()));
        separator = "";
      }
      line.append(separator).append(word);
      separator = " ";
    }
    out.println(line);
  }
}
