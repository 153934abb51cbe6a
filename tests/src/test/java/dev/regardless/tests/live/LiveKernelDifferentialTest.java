package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regardless.vfs.program.Program;
import dev.regardless.vfs.program.ProgramText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random programs behave on the emulated kernel as on the Linux under this machine. System properties: {@code
 * regardless.live.seconds} how long (60), {@code regardless.live.seed} the first seed (1), {@code regardless.live.programs}
 * at most so many (unlimited).
 */
class LiveKernelDifferentialTest {

  private static final String DESIGN = "linux-5.16";
  private static final List<String> ARCHITECTURES = List.of("sc", "x86", "arm64");
  private static final int ENOUGH = 3;

  /** More programs than that without a verdict mean that the machine is too busy for this test. */
  private static final int NOT_JUDGED = 5;

  @BeforeAll
  static void thereIsALiveKernel() {
    String why = LinuxKernel.unavailable();
    assumeTrue(why.isEmpty(), why);
  }

  @Test
  void randomProgramsAgree() {
    long first = Long.getLong("regardless.live.seed", 1);
    long most = Long.getLong("regardless.live.programs", Long.MAX_VALUE);
    long until = System.nanoTime() + Long.getLong("regardless.live.seconds", 60) * 1_000_000_000L;
    List<String> differences = new ArrayList<>();
    long done = 0;
    long notJudged;
    LinuxKernel.DirectAlignment direct = direct();
    try (Differential both = new Differential(DESIGN, direct)) {
      while (done < most && System.nanoTime() < until && differences.size() < ENOUGH) {
        long seed = first + done;
        String architecture = ARCHITECTURES.get((int) (seed % ARCHITECTURES.size()));
        String difference = both.difference(ProgramGenerator.generate(seed, direct.block() > 0), architecture, seed);
        if (!difference.isEmpty()) {
          differences.add(report(both, seed, architecture, direct.block() > 0));
        }
        done++;
      }
      System.out.printf(
          "live kernel: %d programs from seed %d, %d runs again more slowly, %d by another schedule; "
              + "%d runs too late to say anything, %d programs not judged%n",
          done, first, both.retries(), both.reordered(), both.late(), both.notJudged());
      notJudged = both.notJudged();
    }
    assertEquals(List.of(), differences);
    assertTrue(notJudged <= NOT_JUDGED, notJudged + " programs were not judged");
    assertTrue(done > 0, "no program was run");
  }

  private static LinuxKernel.DirectAlignment direct() {
    String refused = LinuxKernel.refusesDirect();
    if (!refused.isEmpty()) {
      System.out.println("random programs: " + refused);
    }
    return LinuxKernel.directAlignment(System.getProperty("java.io.tmpdir", "."));
  }

  private static String report(Differential both, long seed, String architecture, boolean direct) {
    Program program = Shrinker.shrink(
        ProgramGenerator.generate(seed, direct), smaller -> !both.difference(smaller, architecture, seed).isEmpty());
    return "%nseed %d on %s, emulated and live: %s%n%sreplay: -Dtest=LiveKernelDifferentialTest -Dregardless.live.seed=%d"
        .formatted(seed, architecture, both.difference(program, architecture, seed), program, seed)
        + " -Dregardless.live.programs=1";
  }

  /** The comparison must be able to fail: the emulated 5.0 refuses a poll of a regular file, this kernel does not. */
  @Test
  void aDesignOfAnotherTimeDiffers() {
    Program program = ProgramText.parse("""
        0: io_setup(1, &0) -> &0 x 1
        0: fd = open_tmpfile(RDWR)
        0: u16 &144 = POLL
        0: u32 &148 = $fd
        0: u64 &152 = IN
        0: u64 &640 = &128
        0: io_submit([0], 1, &640)
        """);
    try (Differential now = new Differential(DESIGN, direct());
        Differential then = new Differential("linux-5.0", direct())) {
      assertEquals("", now.difference(program, "sc", 1));
      assertNotEquals("", then.difference(program, "sc", 1));
    }
  }
}
