package dev.regardless.tests.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code bin/regardless} in a source tree of its own, with a JDK and a Maven that only write down how they were called.
 *
 * <p>The tree's folder has a blank in its name, on purpose.
 */
final class FakeSourceTree {
  /** What the fake virtual machine's exit code is, to tell it from the launcher's own. */
  static final int RAN = 3;

  private static final String FAKE_JAVA = """
      #!/bin/sh
      for argument in "$@"; do
        case $argument in
          *.ModernClassFiles) shift $(($# - 2)); cp "$1" "$2"; exit ;;
          -XX:AOTCacheOutput=*) printf cache >"${argument#*=}"; exit ;;
        esac
      done
      for argument in "$@"; do printf '[%s]' "$argument"; done
      echo
      exit 3
      """;

  private static final String FAKE_MAVEN = """
      #!/bin/sh
      echo "$JAVA_HOME $*" >>"$CALLS"
      sleep 0.3
      [ -z "${BREAK_BUILD:-}" ] || { echo '[ERROR] it does not compile'; exit 1; }
      while [ $# -gt 0 ]; do
        case $1 in -pl) module=$2 ;; -f) root=${2%/*} ;; esac
        shift
      done
      mkdir -p "$root/$module/target/launcher"
      echo jar >"$root/$module/target/launcher/regardless.jar"
      echo jar >"$root/$module/target/launcher/benchmarks.jar"
      """;

  private final Path folder;
  private final Path root;
  private final Path jdk;

  /** How a launch ended; {@code out} has standard output and standard error. */
  record Ending(int code, String out) {}

  /** Creates the tree, the JDK and the Maven in an empty folder. */
  FakeSourceTree(Path emptyFolder) throws IOException {
    folder = emptyFolder.toRealPath();
    root = folder.resolve("source tree");
    jdk = fakeJdk("jdk-25", "25.0.3");
    script(root.resolve("bin/regardless"), Files.readString(launcher()));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    for (String module : List.of("cli", "emulator-core")) {
      Files.createDirectories(root.resolve(module + "/src/main/java"));
      Files.writeString(root.resolve(module + "/pom.xml"), "<project/>");
      Files.writeString(root.resolve(module + "/src/main/java/A.java"), "class A {}");
    }
    script(folder.resolve("tools/mvn"), FAKE_MAVEN);
  }

  Path folder() {
    return folder;
  }

  Path root() {
    return root;
  }

  Path jdk() {
    return jdk;
  }

  /** A JDK of some version, below the test's folder. */
  Path fakeJdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), FAKE_JAVA);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** The calls of Maven so far, one a line: its JAVA_HOME and its arguments. */
  List<String> builds() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  Ending launch(String... arguments) throws Exception {
    return ending(start(Map.of(), arguments));
  }

  Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("bin/regardless").toString()));
    command.addAll(List.of(arguments));
    return prepare(environment, command.toArray(String[]::new)).start();
  }

  ProcessBuilder prepare(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("CALLS", folder.resolve("calls").toString());
    builder.environment().put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
    builder.environment().remove("REGARDLESS_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return builder;
  }

  static Ending ending(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ending(process.waitFor(), out);
  }

  /** Makes a file newer than any stamp made before, whatever the file system's resolution. */
  static void touch(Path file) throws Exception {
    Thread.sleep(20);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private static Path launcher() {
    Path candidate = Path.of("").toAbsolutePath();
    while (!Files.exists(candidate.resolve("bin/regardless"))) {
      candidate = candidate.getParent();
    }
    return candidate.resolve("bin/regardless");
  }

  /** Writes an executable file and the folders above it. */
  static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
