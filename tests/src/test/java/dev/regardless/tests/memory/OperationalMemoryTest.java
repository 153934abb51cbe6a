package dev.regardless.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each architecture's storage subsystem can do is exactly what its axioms allow: on the classic shapes with every
 * kind of link, and on random programs. {@code -Dregardless.programs=N} multiplies the random ones by N.
 */
class OperationalMemoryTest {

  private static final Map<String, List<String>> LINKS = Map.of(
      "sc", List.of("po", "ss"),
      "x86", List.of("po", "fence0", "fence1", "sp", "ps"),
      "arm64", List.of("po", "fence0", "fence1", "fence2", "addr", "Op", "pO", "OO", "LQ", "Qp", "sp", "ps", "Sp", "pS",
          "xp", "px", "Xp", "pX"));

  private static final Map<String, List<String>> FEW_LINKS = Map.of(
      "sc", List.of("po"),
      "x86", List.of("po", "fence0", "sp"),
      "arm64", List.of("po", "fence0", "fence1", "fence2", "addr", "OO", "LQ"));

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void classicShapesWithAllLinks(String name) {
    Architecture architecture = Architectures.named(name);
    Shapes.names().forEach(shape -> {
      List<Program> programs = programs(shape, name);
      assertTrue(!programs.isEmpty(), shape);
      programs.forEach(program -> assertAgrees(CrossCheck.of(program, architecture), shape));
    });
  }

  /** All combinations of all links for two threads, of few links for more, and equal ones where each thread has some. */
  private static List<Program> programs(String shape, String architecture) {
    List<String> few = FEW_LINKS.getOrDefault(architecture, List.of());
    List<List<Instruction>> threads = Shapes.plain(shape).threads();
    if (threads.size() < 3) {
      return Shapes.linked(shape, LINKS.getOrDefault(architecture, List.of()));
    }
    return threads.stream().filter(thread -> thread.size() == 2).count() < 3
        ? Shapes.linked(shape, few)
        : few.stream().map(link -> Shapes.linked(shape, link.equals("addr") ? "po" : link, link)).toList();
  }

  @ParameterizedTest
  @CsvSource({"sc, 5, 1000", "x86, 5, 1000", "arm64, 5, 2000", "x86, 6, 200", "arm64, 6, 300"})
  void randomPrograms(String name, int accesses, int programs) {
    Architecture architecture = Architectures.named(name);
    RandomPrograms random = new RandomPrograms(architecture);
    int count = programs * Integer.getInteger("regardless.programs", 1);
    long differing = 0;
    for (long seed = 0; seed < count; seed++) {
      CrossCheck check = CrossCheck.of(random.program(accesses * 1_000_000_000L + seed, accesses), architecture);
      assertAgrees(check, "seed " + seed);
      differing += check.allowed().size() > 1 ? 1 : 0;
    }
    assertTrue(differing > count / 2, "most programs have more than one outcome: " + differing);
  }

  /** That arm64 holds writes back now and then makes them likelier to be late, but nothing else possible. */
  @Test
  void holdingWritesBackChangesNoOutcome() {
    Architecture arm64 = Architectures.named("arm64");
    RandomPrograms random = new RandomPrograms(arm64);
    for (long seed = 0; seed < 300; seed++) {
      Program program = random.program(seed, 4);
      assertEquals(
          new Axiomatic(program, Axioms.ARM64).outcomes(),
          new Operational(program, arm64, 500_000).outcomes(),
          program::toString);
    }
  }

  private static void assertAgrees(CrossCheck check, String name) {
    assertEquals(check.allowed(), check.seen(), () -> name + " " + check.difference());
  }

  /** The axioms themselves, against the literature: whether the one interesting outcome of each shape is allowed. */
  @ParameterizedTest
  @CsvSource({
      // shape, after a write, after a read, values read then final x y z, allowed by sc, x86, arm64
      "SB,     po,     po,     0 0 1 1 0,     false, true,  true",
      "SB,     fence0, fence0, 0 0 1 1 0,     false, false, false",
      "SB,     OO,     po,     0 0 1 1 0,     false, true,  false",
      "SB,     LQ,     po,     0 0 1 1 0,     false, true,  true",
      "SB,     fence2, po,     0 0 1 1 0,     false, false, true",
      "MP,     po,     po,     1 0 1 1 0,     false, false, true",
      "MP,     pL,     po,     1 0 1 1 0,     false, false, true",
      "MP,     po,     Ap,     1 0 1 1 0,     false, false, true",
      "MP,     pL,     Ap,     1 0 1 1 0,     false, false, false",
      "MP,     pL,     Qp,     1 0 1 1 0,     false, false, false",
      "MP,     fence2, fence1, 1 0 1 1 0,     false, false, false",
      "MP,     fence2, addr,   1 0 1 1 0,     false, false, false",
      "MP,     fence1, addr,   1 0 1 1 0,     false, false, true",
      "LB,     po,     po,     1 1 1 1 0,     false, false, false",
      "S,      po,     po,     1 2 1 0,       false, false, true",
      "S,      fence2, po,     1 2 1 0,       false, false, false",
      "R,      po,     po,     0 1 2 0,       false, true,  true",
      "R,      fence2, fence0, 0 1 2 0,       false, false, true",
      "R,      fence0, po,     0 1 2 0,       false, false, false",
      "2+2W,   po,     po,     1 1 0,         false, false, true",
      "2+2W,   fence2, po,     1 1 0,         false, false, false",
      "CoRR,   po,     po,     1 0 1 0 0,     false, false, false",
      "WRC,    po,     po,     1 1 0 1 1 0,   false, false, true",
      "WRC,    po,     addr,   1 1 0 1 1 0,   false, false, false",
      "RWC,    po,     addr,   1 0 0 1 1 0,   false, true,  true",
      "RWC,    fence0, addr,   1 0 0 1 1 0,   false, false, false",
      "ISA2,   po,     addr,   1 1 0 1 1 1,   false, false, true",
      "ISA2,   pL,     addr,   1 1 0 1 1 1,   false, false, false",
      "IRIW,   po,     po,     1 0 1 0 1 1 0, false, false, true",
      "IRIW,   po,     addr,   1 0 1 0 1 1 0, false, false, false",
      "IRIW,   po,     fence1, 1 0 1 0 1 1 0, false, false, false",
      "3.SB,   po,     po,     0 0 0 1 1 1,   false, true,  true",
      "3.2W,   po,     po,     2 2 2,         false, false, true"})
  void axiomsAgreeWithTheLiterature(
      String shape, String afterWrite, String afterRead, String outcome, boolean sc, boolean x86, boolean arm64) {
    Program program = Shapes.linked(shape, afterWrite, afterRead);
    List<Long> weak = List.of(outcome.split(" ")).stream().map(Long::valueOf).toList();
    assertEquals(sc, new Axiomatic(program, Axioms.SC).outcomes().contains(weak), "sc");
    assertEquals(x86, new Axiomatic(program, Axioms.X86).outcomes().contains(weak), "x86");
    assertEquals(arm64, new Axiomatic(program, Axioms.ARM64).outcomes().contains(weak), "arm64");
  }
}
