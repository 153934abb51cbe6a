package dev.regardless.tests.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.tests.rules.JavaSources.Declaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The style of the source tree, as far as the formatter does not see to it. */
class SourceStyleTest {
  private static final int LONGEST_FILE = 499;
  private static final Map<String, Integer> TOO_LONG = Map.of("EmulatedMachine.java", 522);
  private static final int LONGEST_METHOD = 99;

  /** The formatter breaks code at 120; comments, which it leaves alone, get some slack, and expected texts in tests more. */
  private static final int LONGEST_LINE = 130;

  private static final Pattern TEXT = Pattern.compile(".*\\.(java|md|xml|conf|properties|yml|yaml|sh|g4|css|js|html)");
  private static final Pattern SCRIPT = Pattern.compile("(bin|\\.ci)/[^/]+");

  /** Debts left as comments, and code that only pretends. Split, so that this file passes itself. */
  private static final Pattern DEBT = Pattern
      .compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled\\b|Unsupported"
          + "OperationException");

  /** Folders of one person's machine. */
  private static final Pattern MACHINE_PATH = Pattern
      .compile("(?<![\\w.}])/(wo" + "rk|ro" + "ot|fa" + "rm|ho" + "me/[a-z]+|tm"
          + "p/[a-z]+)/");

  private static final Repository REPOSITORY = Repository.find();
  private static final List<Path> TEXT_FILES = REPOSITORY.files().stream().filter(SourceStyleTest::isText).toList();
  private static final JavaSources SOURCES = JavaSources.parse(REPOSITORY.root(), REPOSITORY.javaFiles());

  @Test
  void theWholeTreeIsSeen() {
    for (String file : List.of("pom.xml", "README.md", "bin/regardless", ".ci/run",
        "cli/src/main/java/dev/regardless/cli/Main.java", "emulator-core/pom.xml")) {
      assertTrue(TEXT_FILES.contains(Path.of(file)), file);
    }
    assertFalse(TEXT_FILES.stream().anyMatch(file -> file.toString().contains("target")), TEXT_FILES::toString);
  }

  @Test
  void filesAreShort() {
    assertEquals(List.of(), REPOSITORY.javaFiles().stream()
        .filter(file -> REPOSITORY.lines(file).size() > longest(file))
        .map(file -> file + " has " + REPOSITORY.lines(file).size() + " lines").toList());
  }

  /** These limits may only shrink, until the file is short enough to be taken off the list. */
  private static int longest(Path file) {
    return TOO_LONG.getOrDefault(String.valueOf(file.getFileName()), LONGEST_FILE);
  }

  @Test
  void methodsAreShort() {
    assertEquals(List.of(), SOURCES.methods().stream().filter(method -> method.lines() > LONGEST_METHOD)
        .map(method -> method + " has " + method.lines() + " lines").toList());
  }

  @Test
  void linesAreShort() {
    assertEquals(List.of(), places(file -> file.toString().endsWith(".java") && isMain(file),
        line -> line.length() > LONGEST_LINE));
  }

  @Test
  void publicTypesAreDocumented() {
    assertEquals(List.of(),
        SOURCES.publicTypes().stream().filter(type -> isMain(type.file()) && !type.documented()).toList());
  }

  @Test
  void packagesAreExplained() {
    List<Path> folders = REPOSITORY.mainJavaFiles().stream().map(file -> REPOSITORY.root().resolve(file).getParent())
        .distinct().toList();
    assertFalse(folders.isEmpty());
    assertEquals(List.of(), folders.stream().map(folder -> folder.resolve("package-info.java"))
        .filter(file -> !Files.exists(file) || !isExplained(REPOSITORY.lines(file))).toList());
  }

  @Test
  void emulatedCodeHasNoFinally() {
    assertEquals(List.of(), SOURCES.finallyBlocks().stream()
        .filter(block -> block.file().toString().replace('\\', '/')
            .matches("[^/]+/src/main/java/dev/regardless/(kernel|vfs|drivers|aio)/.*"))
        .toList(), "finally blocks run while a thread unwinds, and would touch cells");
  }

  @Test
  void noTabsAndNoBlanksAtTheEnd() {
    assertEquals(List.of(),
        places(file -> true, line -> line.indexOf('\t') >= 0 || line.endsWith(" ")));
  }

  @Test
  void noDebtsAreLeftAsComments() {
    assertEquals(List.of(), places(file -> true, DEBT.asPredicate()));
  }

  @Test
  void noPathOfOneMachineIsNamed() {
    assertEquals(List.of(), places(file -> true, MACHINE_PATH.asPredicate()));
  }

  /** The rules themselves must be able to fail. */
  @Test
  void theRulesFindWhatTheyForbid(@TempDir Path folder) throws IOException {
    Path file = Path.of("Example.java");
    Files.writeString(folder.resolve(file), """
        package example;
        /** Documented. */
        public class Example {
          public interface Undocumented {}
          void longMethod() {
            try {
              longMethod();
            } finally {
              longMethod();
            }
          }
        }
        """);
    JavaSources parsed = JavaSources.parse(folder, List.of(file));
    assertEquals(List.of("Example true", "Undocumented false"),
        parsed.publicTypes().stream().map(type -> type.name() + " " + type.documented()).toList());
    assertEquals(List.of(new Declaration(file, 5, "longMethod", 7, false)),
        parsed.methods().stream().filter(method -> !method.name().equals("<init>")).toList());
    assertEquals(List.of(8L), parsed.finallyBlocks().stream().map(Declaration::line).toList());
    assertTrue(DEBT.asPredicate().test("// TO" + "DO: later"));
    assertTrue(MACHINE_PATH.asPredicate().test("see /ro" + "ot/file"));
    assertFalse(MACHINE_PATH.asPredicate().test("docs/ho" + "me/page/"));
  }

  private static boolean isText(Path file) {
    String name = file.toString().replace('\\', '/');
    return TEXT.matcher(name).matches() || SCRIPT.matcher(name).matches();
  }

  private static boolean isMain(Path file) {
    return file.toString().replace('\\', '/').contains("/src/main/java/");
  }

  private static boolean isExplained(List<String> lines) {
    return lines.getFirst().startsWith("/**") && lines.contains("@NullMarked");
  }

  private static List<String> places(Predicate<Path> files, Predicate<String> wrong) {
    List<String> found = new ArrayList<>();
    for (Path file : TEXT_FILES.stream().filter(files).toList()) {
      List<String> lines = REPOSITORY.lines(file);
      IntStream.range(0, lines.size()).filter(index -> wrong.test(lines.get(index)))
          .forEach(index -> found.add(file + ":" + (index + 1) + " " + lines.get(index).strip()));
    }
    return found;
  }
}
