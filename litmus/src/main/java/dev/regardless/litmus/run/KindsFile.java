package dev.regardless.litmus.run;

import dev.regardless.input.BadInputException;
import dev.regardless.litmus.test.Quantifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Herd's kinds files: on each line a test's name and {@code Allowed}, {@code Forbidden} or {@code Required}; {@code #}
 * starts a comment.
 */
public final class KindsFile {
  private KindsFile() {}

  /**
   * Reads a kinds file.
   *
   * @return what must hold of each test, by name
   * @throws BadInputException if it cannot be read or a line is not of that form
   */
  public static Map<String, Quantifier> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw BadInputException.in(file.toString(), "cannot be read", "a kinds file").causedBy(unreadable);
    }
    Map<String, Quantifier> kinds = new LinkedHashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+");
      if (words.length != 2) {
        throw BadInputException.at(file.toString(), number, 1, "'" + line + "'", "'NAME KIND'");
      }
      if (kinds.put(words[0], quantifier(file, number, line, words[1])) != null) {
        throw BadInputException.at(file.toString(), number, 1, "test '" + words[0] + "' again", "each test once");
      }
    }
    return kinds;
  }

  private static Quantifier quantifier(Path file, int number, String line, String kind) {
    return switch (kind) {
      case "Allow", "Allowed" -> Quantifier.EXISTS;
      case "Forbid", "Forbidden" -> Quantifier.NOT_EXISTS;
      case "Require", "Required" -> Quantifier.FORALL;
      default -> throw BadInputException.at(file.toString(), number, line.length() - kind.length() + 1,
          "kind '" + kind + "'", "Allowed, Forbidden or Required");
    };
  }
}
