package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.machine.Architectures;
import dev.regardless.vfs.program.ProgramText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The cases of libaio's test harness that are about amounts: rounds, bytes, and tasks at once. Nothing is given time to settle
 * here, on either kernel. The kernel under this machine gets as much as the harness, or nearly; the emulated ones what they
 * do in a second.
 */
class LibaioLoadTest {

  private static final String ONE = """
      0: io_submit([0], 1, &640) => 1
      0: io_getevents([0], 1, 1, &1024, 0) => 1
      """;

  /** Case 6: one write and one read do it all. */
  private static String largeTransfer(int bytes) {
    String script = """
        memory MEMORY
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR)
        0: u64 &LAST = 0x77
        0: iocb 128 opcode=PWRITE fd=$fd buf=&4096 nbytes=BYTES
        """ + ONE + """
        0: u64 &1040 => BYTES
        0: u64 &LAST = 0
        0: iocb 128 opcode=PREAD fd=$fd buf=&4096 nbytes=BYTES
        """ + ONE + """
        0: u64 &1040 => BYTES
        0: u64 &LAST => 0x77
        """;
    return script.replace("MEMORY", Integer.toString(bytes + 8192)).replace("LAST", Integer.toString(bytes + 4088))
        .replace("BYTES", Integer.toString(bytes));
  }

  /** Case 6, with 64 MiB, and 256 KiB emulated, for 768 MiB. */
  @Test
  void oneLargeTransferIsCompleteBothWays() {
    ScriptBench.emulatedAtOnce(largeTransfer(256 << 10));
    ScriptBench.liveAtOnce("", largeTransfer(64 << 20));
  }

  /** Case 11: writes, then reads, of one page. */
  private static String rounds(int rounds) {
    return """
        memory 12288
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR)
        0: u64 &8184 = 0x77
        0: iocb 128 opcode=PWRITE fd=$fd buf=&4096 nbytes=4096
        repeat ROUNDS {
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, 0) => 1
        0: u64 &1040 => 4096
        }
        0: iocb 128 opcode=PREAD fd=$fd buf=&8192 nbytes=4096
        repeat ROUNDS {
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, 0) => 1
        0: u64 &1040 => 4096
        }
        0: u64 &12280 => 0x77
        """.replace("ROUNDS", Integer.toString(rounds));
  }

  /** Case 11: a context for one request never runs out of slots if its events are taken. */
  @Test
  void slotsComeBackAfterAMillionRequests() {
    ScriptBench.emulatedAtOnce(rounds(2_000));
    ScriptBench.liveAtOnce("", rounds(1_000_000));
  }

  /** Case 13: eight writes of one io_submit. */
  private static String eightWrites(int bytes) {
    StringBuilder script = new StringBuilder("memory %d%n".formatted(8192 + 8 * bytes));
    script.append("0: io_setup(8, &0) -> &0 x 1 => 0\n0: fd = open_tmpfile(RDWR)\n");
    for (int i = 0; i < 8; i++) {
      script.append("0: u64 &%d = &%d%n".formatted(640 + 8 * i, 128 + 64 * i));
      script.append("0: iocb %d opcode=PWRITE fd=$fd buf=&%d nbytes=%d offset=%d data=%d%n"
          .formatted(128 + 64 * i, 8192 + bytes * i, bytes, (long) bytes * i, 50 + i));
    }
    script.append("0: io_submit([0], 8, &640) => 8\n0: io_getevents([0], 8, 8, &1024, 0) => 8\n");
    for (int i = 0; i < 8; i++) {
      script.append("0: u64 &%d => %d%n0: u64 &%d => %d%n".formatted(1024 + 32 * i, 50 + i, 1040 + 32 * i, bytes));
    }
    return script.toString();
  }

  /** Case 13: each of 1 MiB, and of 32 KiB emulated. */
  @Test
  void eightWritesOfOneSubmitAllComplete() {
    ScriptBench.emulatedAtOnce(eightWrites(32 << 10));
    ScriptBench.liveAtOnce("", eightWrites(1 << 20));
  }

  /** Case 18: three tasks, each with its context and its buffer, destroy while a direct read is under way. */
  private static String destroyRounds(int rounds) {
    StringBuilder script = new StringBuilder("""
        memory 32768
        0: fd = open_tmpfile(RDWR|DIRECT)
        0: write($fd, &16384, 16384) => 16384
        """);
    for (int task = 0; task < 3; task++) {
      script.append("0: u64 &%d = &%d%n".formatted(640 + 8 * task, 128 + 64 * task));
      script.append("0: iocb %d opcode=PREAD fd=$fd buf=&%d nbytes=4096 offset=%d%n"
          .formatted(128 + 64 * task, 4096 * (task + 1), 4096 * task));
    }
    script.append("repeat %d {%n".formatted(rounds));
    for (int task = 0; task < 3; task++) {
      script.append("%d: u64 &%d = 0%n%1$d: io_setup(1, &%2$d) => 0%n".formatted(task, 8 * task));
    }
    for (int task = 0; task < 3; task++) {
      script.append("%d: io_submit([%d], 1, &%d) => 1%n".formatted(task, 8 * task, 640 + 8 * task));
    }
    for (int task = 0; task < 3; task++) {
      script.append("%d: io_destroy([%d]) => 0%n".formatted(task, 8 * task));
      script.append("%d: u64 &%d = 0x5a%n".formatted(task, 4096 * (task + 1)));
      script.append("%d: u64 &%d = 0xa5%n".formatted(task, 4096 * (task + 2) - 8));
    }
    for (int task = 0; task < 3; task++) {
      script.append("%d: io_submit([%d], 1, &%d) => -EINVAL%n".formatted(task, 8 * task, 640 + 8 * task));
      script.append("%d: u64 &%d => 0x5a%n".formatted(task, 4096 * (task + 1)));
      script.append("%d: u64 &%d => 0xa5%n".formatted(task, 4096 * (task + 2) - 8));
    }
    return script + "}\n";
  }

  /** Case 18. */
  @Test
  void nothingIsWrittenToTheBufferAfterDestroy() {
    ScriptBench.emulatedAtOnce(destroyRounds(30));
    ScriptBench.liveAtOnce(LinuxKernel.refusesDirect(), destroyRounds(25));
  }

  /** Case 23: while a poll that was woken looks again, another task has drained the pipe, and then fills it once more. */
  private static String drainedAndFilled(int rounds) {
    return """
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: timespec 704 seconds=5
        0: pipe2(&64, NONBLOCK) => 0
        0: iocb 128 opcode=POLL fd={64} buf=IN data=9
        0: iovec 2048 base=&1280 length=8
        repeat ROUNDS {
        0: io_submit([0], 1, &640) => 1
        1: vmsplice({68}, &2048, 1, 2) => 8
        2: read({64}, &1536, 8) => 8
        1: vmsplice({68}, &2048, 1, 2) => 8
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1024 => 9
        2: read({64}, &1536, 8) => 8
        }
        """.replace("ROUNDS", Integer.toString(rounds));
  }

  /** Case 23. */
  @Test
  void aPollThatWasWokenForNothingIsWokenAgain() {
    ScriptBench.emulatedAtOnce(drainedAndFilled(1_000));
    ScriptBench.liveAtOnce("", drainedAndFilled(5_000));
  }

  /** What case 23 was written for: up to 5.15 such a poll could miss the second wake-up. */
  @Test
  void theScriptOfCase23FindsTheLostWakeUpOfLinux51() {
    List<String> problems = new ArrayList<>();
    EmulatedProgram.run(ProgramText.parse(drainedAndFilled(1_000)), Architectures.named("sc"), Map.of(
        "first-descriptor", Integer.toString(LiveProgram.FIRST_DESCRIPTOR), "settling", "0", "design", "linux-5.1"),
        1, problems);
    assertTrue(!problems.isEmpty() && problems.getFirst().contains("io_getevents"), problems::toString);
  }
}
