package dev.regardless.tests.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The source tree that the tests were built from. */
public final class Repository {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode", ".settings", "node_modules");

  private final Path root;

  private Repository(Path root) {
    this.root = root;
  }

  /**
   * The nearest folder at or above the working directory that holds {@code bin/regardless}.
   *
   * @throws IllegalStateException if there is none
   */
  public static Repository find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("bin/regardless")) && Files.isRegularFile(folder.resolve("pom.xml"))) {
        return new Repository(folder);
      }
    }
    throw new IllegalStateException("no folder at or above " + Path.of("").toAbsolutePath() + " is the repository");
  }

  public Path root() {
    return root;
  }

  /** All files that people edit, in path order, relative to the root. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          return NOT_OURS.contains(String.valueOf(folder.getFileName()))
              ? FileVisitResult.SKIP_SUBTREE
              : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (attributes.isRegularFile()) {
            files.add(root.relativize(file));
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return files.stream().sorted().toList();
  }

  /** All Java files, tests included. */
  List<Path> javaFiles() {
    return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
  }

  /** The Java files that make up the modules' jars. */
  List<Path> mainJavaFiles() {
    return javaFiles().stream().filter(file -> file.getNameCount() > 3 && file.subpath(1, 4).toString()
        .replace('\\', '/').equals("src/main/java")).toList();
  }

  List<String> lines(Path file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
