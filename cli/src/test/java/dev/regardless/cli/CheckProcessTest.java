package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} as a process of its own that is interrupted and killed. */
class CheckProcessTest {

  private static final long PATIENCE_SECONDS = 60;
  private static final int KILLS = 3;
  /** 40,320 executions, the same on every machine; long enough to be killed in. */
  private static final String[] CHECK = {"check", "ainc", "--arch", "sc", "-P", "n=8"};
  private static final String WHOLE = """
      scenario  arch  verdict    executions    blocked
      ainc      sc    holds          40,320          0
      """;

  @TempDir
  Path folder = Path.of("");

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String name, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.regardless.cli.Main"));
    command.addAll(Arrays.asList(CHECK));
    command.addAll(Arrays.asList(more));
    Process process = new ProcessBuilder(command)
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
    started.add(process);
    return process;
  }

  private int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "did not end");
    return process.exitValue();
  }

  private String out(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".out"));
  }

  /** Waits until {@code file} exists and differs from what it held. */
  private static byte[] changed(Path file, byte[] before, Process process) throws IOException, InterruptedException {
    while (process.isAlive()) {
      if (Files.exists(file)) {
        byte[] now = Files.readAllBytes(file);
        if (!Arrays.equals(now, before)) {
          return now;
        }
      }
      Thread.sleep(2);
    }
    return before;
  }

  /** Whatever moment it is killed at, the checkpoint is whole and what comes after completes the totals exactly. */
  @Test
  void killedAtAnyMomentItGoesOnFromItsCheckpoint() throws IOException, InterruptedException {
    Path file = folder.resolve("killed.checkpoint");
    byte[] last = {};
    int killed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> more = new ArrayList<>(
          List.of("--checkpoint", file.toString(), "--checkpoint-interval", "0.01", "--workers",
              Integer.toString(1 + kill % 2)));
      if (kill > 0) {
        more.addAll(List.of("--resume", file.toString()));
      }
      Process process = start("killed" + kill, more.toArray(String[]::new));
      // The first checkpoint is where it began, the next one is progress; then at another moment each time.
      byte[] first = changed(file, last, process);
      last = changed(file, first, process);
      Thread.sleep(7L * kill);
      process.destroyForcibly();
      if (end(process) != 0) {
        killed++;
        assertEquals("", out("killed" + kill));
      }
      last = Files.readAllBytes(file);
    }
    assertTrue(killed > 0, "it ended before it could be killed");
    Process whole = start("whole", "--resume", file.toString());
    assertEquals(0, end(whole), () -> "see " + folder);
    assertEquals(WHOLE, out("whole"));
  }

  /** Ctrl-C: what is known, how much is open, how to go on; exit code 3. */
  @Test
  void interruptedItSaysWhatIsKnown() throws IOException, InterruptedException {
    Path kill = Path.of("/bin/kill");
    if (!Files.isExecutable(kill)) {
      System.out.println("skipped: no " + kill + " to send an interrupt with");
      Assumptions.abort("no " + kill);
    }
    Path file = folder.resolve("interrupted.checkpoint");
    Process process = start("interrupted", "--checkpoint", file.toString(), "--checkpoint-interval", "0.01");
    changed(file, changed(file, new byte[0], process), process);
    new ProcessBuilder(kill.toString(), "-INT", Long.toString(process.pid())).start().waitFor();
    assertEquals(ExitCode.LIMIT_REACHED, end(process), () -> "see " + folder);
    List<String> lines = out("interrupted").lines().toList();
    assertEquals("scenario  arch  verdict          executions    blocked", lines.get(0));
    assertTrue(lines.get(1).matches("ainc      sc    limit reached {5,}[0-9,]+          0"), lines.get(1));
    assertTrue(
        lines.get(2).matches("  not everything was explored: interrupted; [0-9,]+ open branches remain"),
        lines.get(2));
    String goOn = "  go on: bin/regardless check ainc --arch sc -P n=8 --checkpoint %s --resume %s".formatted(file,
        file);
    assertEquals(goOn, lines.getLast());
    assertEquals("", Files.readString(folder.resolve("interrupted.err")));
    Process whole = start("resumed", "--resume", file.toString());
    assertEquals(0, end(whole));
    assertEquals(WHOLE, out("resumed"));
  }
}
