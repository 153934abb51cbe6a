package dev.regardless.litmus.run;

import dev.regardless.input.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns arguments into litmus files: a file is itself, a folder is every {@code .litmus} file below it by name, and
 * {@code @list} is what the file {@code list} names, one a line, relative to its folder, {@code #} starting a comment.
 * A list may name folders and further lists. No file comes twice.
 */
public final class TestFiles {
  private final Set<Path> files = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();

  private TestFiles() {}

  /**
   * Finds the files.
   *
   * @throws BadInputException if something does not exist, a folder has no test, or a list names itself
   */
  public static List<Path> of(List<String> arguments) {
    TestFiles found = new TestFiles();
    for (String argument : arguments) {
      found.add(argument, Path.of(""));
    }
    return List.copyOf(found.files);
  }

  private void add(String argument, Path folder) {
    if (argument.startsWith("@")) {
      addList(folder.resolve(argument.substring(1)));
      return;
    }
    Path path = folder.resolve(argument).normalize();
    if (Files.isDirectory(path)) {
      addFolder(path);
    } else if (Files.exists(path)) {
      files.add(path);
    } else {
      throw BadInputException.in(path.toString(), "no such file", "a litmus file, a folder or @list");
    }
  }

  private void addFolder(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> tests = inside.filter(path -> path.toString().endsWith(".litmus") && Files.isRegularFile(path))
          .sorted()
          .toList();
      if (tests.isEmpty()) {
        throw BadInputException.in(folder.toString(), "no litmus file", "a folder with at least one *.litmus");
      }
      files.addAll(tests);
    } catch (IOException | UncheckedIOException unreadable) {
      throw BadInputException.in(folder.toString(), "cannot be read", "a readable folder").causedBy(unreadable);
    }
  }

  private void addList(Path list) {
    Path key = list.toAbsolutePath().normalize();
    if (open.contains(key)) {
      throw BadInputException.in(list.toString(), "a list that names itself", "lists without circles");
    }
    open.push(key);
    List<String> lines;
    try {
      lines = Files.readAllLines(list, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw BadInputException.in("@" + list, "cannot be read", "a list of litmus files").causedBy(unreadable);
    }
    Path folder = list.getParent() == null ? Path.of("") : list.getParent();
    for (String line : new ArrayList<>(lines)) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        add(name, folder);
      }
    }
    open.pop();
  }
}
