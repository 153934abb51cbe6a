package dev.regardless.tests.litmus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the reference corpus, which is not part of the repository: where the system property or environment variable
 * {@code regardless.conformance} points, or else {@code ../shared/conformance} beside the repository.
 */
final class ReferenceCorpus {
  private static final String NAME = "regardless.conformance";

  private ReferenceCorpus() {}

  /** The folder, if it is there. */
  static Optional<Path> find() {
    String named = System.getProperty(NAME);
    if (named == null) {
      named = System.getenv(NAME);
    }
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolveSibling("shared/conformance");
      if (folder.getParent() != null && Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
