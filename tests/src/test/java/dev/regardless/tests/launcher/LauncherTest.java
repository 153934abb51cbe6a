package dev.regardless.tests.launcher;

import static dev.regardless.tests.launcher.FakeSourceTree.RAN;
import static dev.regardless.tests.launcher.FakeSourceTree.ending;
import static dev.regardless.tests.launcher.FakeSourceTree.touch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regardless.tests.launcher.FakeSourceTree.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When {@code bin/regardless} builds, what it starts, and what it says when it cannot. */
@Timeout(60)
class LauncherTest {
  private FakeSourceTree tree;

  @BeforeEach
  void createTree(@TempDir Path folder) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: there is no /bin/sh on this system");
    tree = new FakeSourceTree(folder);
  }

  @Test
  void buildsAtFirstUseAndThenRuns() throws Exception {
    Path state = tree.root().resolve("target/launcher");
    assertEquals(
        new Ending(RAN, "[-XX:AOTCache=" + state.resolve("regardless-short.aot") + "]"
            + "[-XX:+UseSerialGC][--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED]"
            + "[--enable-native-access=ALL-UNNAMED][--sun-misc-unsafe-memory-access=allow][-XX:TieredStopAtLevel=1]"
            + "[-Xlog:disable][-Xlog:all=error:stderr][-cp][" + state.resolve("regardless.jar")
            + "][dev.regardless.cli.Main][--version][a b]\n"),
        tree.launch("--version", "a b"));
    assertEquals(List.of(tree.jdk() + " -B -q -f " + tree.root() + "/pom.xml -pl cli -am package"
        + " -DbuildFolder=target/launcher -Dfast -Dmaven.test.skip=true"), tree.builds());
  }

  @Test
  void buildsNoSecondTimeUntilASourceChanges() throws Exception {
    tree.launch("list");
    tree.launch("list");
    assertEquals(1, tree.builds().size());
    touch(tree.root().resolve("emulator-core/src/main/java/A.java"));
    tree.launch("list");
    assertEquals(2, tree.builds().size());
    touch(tree.root().resolve("cli/pom.xml"));
    tree.launch("list");
    assertEquals(3, tree.builds().size());
    tree.launch("list");
    assertEquals(3, tree.builds().size());
  }

  @Test
  void buildsAgainWhenASourceIsDeleted() throws Exception {
    tree.launch("list");
    Path sources = tree.root().resolve("emulator-core/src/main/java");
    Files.delete(sources.resolve("A.java"));
    touch(sources);
    tree.launch("list");
    assertEquals(2, tree.builds().size());
  }

  @Test
  void launchesAtTheSameTimeBuildOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(tree.start(Map.of(), "list"));
    }
    for (Process process : processes) {
      Ending ending = ending(process);
      assertEquals(RAN, ending.code(), ending.out());
    }
    assertEquals(1, tree.builds().size());
    assertTrue(Files.notExists(tree.root().resolve("target/launcher/lock")));
  }

  @Test
  void takesOverTheLockOfALaunchThatIsGone() throws Exception {
    Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
    gone.waitFor();
    Path lock = Files.createDirectories(tree.root().resolve("target/launcher/lock"));
    Files.writeString(lock.resolve("owner"), gone.pid() + "\n");
    assertEquals(RAN, tree.launch("list").code());
    assertEquals(1, tree.builds().size());
  }

  @Test
  void commandsGetTheCompilerAndTheCacheOfTheirKind() throws Exception {
    Map<String, String> kinds = Map.of("run", "run", "replay", "run", "check", "check", "differential", "check",
        "litmus", "litmus", "compare", "litmus");
    for (String command : kinds.keySet()) {
      String out = tree.launch(command).out();
      assertTrue(out.endsWith("[dev.regardless.cli.Main][" + command + "]\n"), out);
      assertEquals(kinds.get(command).equals("litmus"), out.contains("TieredStopAtLevel"), out);
      assertTrue(out.contains("/regardless-" + kinds.get(command) + ".aot]"), out);
    }
    assertTrue(tree.launch("list").out().contains("[-XX:TieredStopAtLevel=1]"));
  }

  @Test
  void benchBuildsTheBenchmarks() throws Exception {
    String out = tree.launch("bench", "a b").out();
    assertTrue(out.endsWith("/target/launcher/benchmarks.jar][dev.regardless.cli.Main][bench][a b]\n"), out);
    assertTrue(tree.builds().getFirst().contains(" -pl tests "), tree.builds()::toString);
  }

  @Test
  void worksThroughALinkAndFromAnywhere() throws Exception {
    Path links = Files.createDirectories(tree.folder().resolve("links"));
    Files.createSymbolicLink(links.resolve("direct"), Path.of("../source tree/bin/regardless"));
    Path second = Files.createSymbolicLink(links.resolve("second"), Path.of("direct"));
    Process linked = tree.prepare(Map.of(), second.toString(), "list").directory(links.toFile()).start();
    assertEquals(RAN, ending(linked).code());
    Path bin = tree.root().resolve("bin");
    Process local = tree.prepare(Map.of(), "./regardless", "list").directory(bin.toFile()).start();
    assertEquals(RAN, ending(local).code());
    assertEquals(1, tree.builds().size());
  }

  @Test
  void ignoresAJavaHomeThatIsTooOld() throws Exception {
    Path old = tree.fakeJdk("jdk-17", "17.0.15");
    Files.createSymbolicLink(tree.folder().resolve("tools/java"), tree.jdk().resolve("bin/java"));
    Ending ending = ending(tree.start(Map.of("JAVA_HOME", old.toString()), "list"));
    assertEquals(RAN, ending.code(), ending.out());
    assertTrue(tree.builds().getFirst().startsWith(tree.jdk() + " "), tree.builds()::toString);
  }

  @Test
  void aBrokenBuildIsReportedAndTriedAgain() throws Exception {
    String log = tree.root() + "/target/launcher/build.log";
    assertEquals(
        new Ending(70,
            "[ERROR] it does not compile\nregardless: the build failed; the whole log is in " + log + "\n"),
        ending(tree.start(Map.of("BREAK_BUILD", "yes"), "list")));
    assertEquals(RAN, tree.launch("list").code());
    assertEquals(2, tree.builds().size());
  }

  @Test
  void saysWhatIsMissingWithoutMaven() throws Exception {
    Path few = tree.folder().resolve("few");
    for (String tool : List.of("mkdir", "rm", "cat", "sleep", "find", "readlink")) {
      Path found = Stream.of("/bin", "/usr/bin").map(bin -> Path.of(bin, tool)).filter(Files::exists).findFirst()
          .orElseThrow();
      FakeSourceTree.script(few.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
    }
    assertEquals(
        new Ending(2,
            "regardless: cannot build: found no Maven on PATH; expected mvn 3.6.3 or newer"
                + " (https://maven.apache.org/install.html)\n"),
        ending(tree.start(Map.of("PATH", few.toString()), "list")));
  }
}
