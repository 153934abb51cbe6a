package dev.regardless.tests.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.tests.rules.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every configuration in conf/ holds, shortened, on every architecture and with both of the first designs. */
class ReadyConfigurationsTest {

  private static final int REQUESTS = 2_000;

  static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Repository.find().root().resolve("conf"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  @Test
  void thereAreTheFiveThatTheReadmeNames() throws IOException {
    assertEquals(
        List.of("cancel-storm.conf", "close-race.conf", "mixed.conf", "poll-storm.conf", "side-by-side.conf"),
        configurations().stream().map(file -> file.getFileName().toString()).toList());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void holdsWithExactAccounts(Path file) {
    for (String design : List.of("linux-5.1", "viro-2019")) {
      CommandLineRun run = CommandLineRun.of(
          "run",
          "--json",
          file.toString(),
          "-Darchitecture=[sc, x86, arm64]",
          "-Daio-poll.design=" + design,
          "-Daio-poll.requests=" + REQUESTS);
      assertEquals(0, run.code(), run.out() + run.err());
      JsonNode summaries = JsonMapper.builder().build().readTree(run.out()).get("summaries");
      List<String> architectures = new ArrayList<>();
      for (JsonNode summary : summaries) {
        architectures.add(summary.get("architecture").asString());
        assertEquals("holds", summary.get("verdict").asString());
        JsonNode counts = summary.get("counts");
        for (String exact : List.of("accepted", "posted", "freed", "filesTaken", "filesDropped")) {
          assertTrue(counts.get(exact).asLong() >= REQUESTS, exact);
        }
        assertEquals(REQUESTS, counts.get("accepted").asLong());
        assertEquals(REQUESTS, counts.get("posted").asLong());
        assertEquals(counts.get("filesTaken"), counts.get("filesDropped"));
        assertEquals(counts.get("contextsCreated"), counts.get("contextsFreed"));
      }
      assertEquals(List.of("sc", "x86", "arm64"), architectures);
    }
  }

  private static CommandLineRun campaign(String name, String design, int requests) {
    return CommandLineRun.of("run", Repository.find().root().resolve("conf/campaigns/" + name + ".conf").toString(),
        "-Daio-poll.design=" + design, "-Daio-poll.requests=" + requests, "-Dseed=2");
  }

  @Test
  void campaignsShowWhatTheyAreFor() {
    CommandLineRun before = campaign("pollfree", "linux-5.1", REQUESTS);
    assertEquals(1, before.code());
    assertTrue(before.out().contains("use-after-free on x86, seed 2: read binder_thread#"), before.out());
    for (String each : List.of("aio-poll", "pollfree", "lost-wakes")) {
      CommandLineRun today = campaign(each, "linux-5.16", 500);
      assertEquals(0, today.code(), each + today.out() + today.err());
    }
  }

  /** A file's name without a folder says nothing about where its neighbours are. */
  @Test
  void aFileOfTheCurrentFolderIncludesItsNeighbour() throws IOException {
    Path included = Path.of("included-by-a-test.conf");
    Path including = Path.of("including-for-a-test.conf");
    try {
      Files.writeString(included, "aio-poll.requests = 10\n");
      Files.writeString(including, "include \"included-by-a-test.conf\"\naio-poll.file-count = 1\n");
      CommandLineRun run = CommandLineRun.of("run", including.toString());
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("accepted                                          10"), run.out());
    } finally {
      Files.deleteIfExists(included);
      Files.deleteIfExists(including);
    }
  }
}
