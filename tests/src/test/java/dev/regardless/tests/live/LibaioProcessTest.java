package dev.regardless.tests.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The cases of libaio's test harness that are about the process around the calls: its mappings, its children, its limits,
 * its file systems. As in {@link LibaioConformanceTest}, all run on every emulated architecture and on the kernel under this
 * machine.
 */
class LibaioProcessTest {

  /** Waits for one event and looks at its result. */
  private static final String ONE = """
      0: io_submit([0], 1, &640) => 1
      0: io_getevents([0], 1, 1, &1024, 0) => 1
      0: u64 &1040 => %s
      """;

  private static final String CONTEXT = """
      memory 32768
      0: io_setup(8, &0) -> &0 x 1 => 0
      0: u64 &640 = &128
      """;

  private static String write(String file, String from, String bytes, String offset, String result) {
    return "0: iocb 128 opcode=PWRITE fd=$%s buf=%s nbytes=%s offset=%s%n".formatted(file, from, bytes, offset)
        + ONE.formatted(result);
  }

  private static String read(String file, String to, String bytes, String offset, String result) {
    return "0: iocb 128 opcode=PREAD fd=$%s buf=%s nbytes=%s offset=%s%n".formatted(file, to, bytes, offset)
        + ONE.formatted(result);
  }

  /** Case 5: a file's own mapping as the buffer; a mapping for reading only cannot be read into. */
  @Test
  void aFileIsWrittenFromAndReadIntoItsOwnMapping() {
    ScriptBench.everywhere(CONTEXT + "0: fd = open_tmpfile(RDWR)\n"
        + write("fd", "&8192", "4096", "0", "4096") + """
            0: both = mmap(0, 4096, 3, 1, $fd, 0)
            0: u64 $both+8 = 0x1234
            """
        + write("fd", "$both", "16", "4096", "16")
        + "0: u64 &1544 = 0\n"
        + read("fd", "&1536", "16", "4096", "16")
        + "0: u64 &1544 => 0x1234\n"
        + write("fd", "&1536", "8", "8", "8")
        + "0: u64 $both+8 => 0\n"
        + read("fd", "$both", "16", "4096", "16")
        + "0: u64 $both+8 => 0x1234\n"
        + "0: onlyread = mmap(0, 4096, 1, 1, $fd, 0)\n"
        + read("fd", "$onlyread", "16", "0", "-EFAULT")
        + write("fd", "$onlyread", "16", "4096", "16")
        + """
            0: onlywrite = mmap(0, 4096, 2, 1, $fd, 0)
            0: write($fd, $onlywrite, 16) => 16
            """
        + write("fd", "$onlywrite", "16", "4096", "16")
        + read("fd", "$onlywrite", "16", "4096", "16"));
  }

  /** What cases 7 and 8 have in common: a largest offset, up to which a write goes and beyond which none begins. */
  private static String aroundLimit(String limit) {
    return "0: fd = open_tmpfile(RDWR)\n"
        + write("fd", "&8192", "64", limit + "-64", "64")
        + write("fd", "&8192", "64", limit + "-32", "32")
        + write("fd", "&8192", "64", limit, "-EFBIG")
        + write("fd", "&8192", "0", limit, "0")
        + read("fd", "&8192", "64", limit, "0")
        + read("fd", "&8192", "64", limit + "-32", "32");
  }

  /** Case 7: RLIMIT_FSIZE, 8 GiB here so that nobody else in the process meets it. */
  @Test
  void aFileEndsAtTheProcessLimit() {
    String limit = Long.toString(8L << 30);
    ScriptBench.everywhere(CONTEXT + """
        0: u64 &768 = LIMIT
        0: u64 &776 = -1
        0: setrlimit(1, &768) => 0
        """.replace("LIMIT", limit) + offsets(aroundLimit("LIMIT"), 8L << 30) + """
        0: u64 &768 = -1
        0: setrlimit(1, &768) => 0
        """);
  }

  /** Scripts do not subtract. */
  private static String offsets(String script, long limit) {
    return script.replace("LIMIT-64", Long.toString(limit - 64)).replace("LIMIT-32", Long.toString(limit - 32))
        .replace("LIMIT", Long.toString(limit));
  }

  /** Case 8, with the largest file of ext4. */
  @Test
  void aFileEndsAtTheFileSystemsLimit() {
    ScriptBench.everywhereUnless(
        LinuxKernel.isExt4(System.getProperty("java.io.tmpdir", "."))
            ? ""
            : "the temporary folder is not on ext4 with blocks of 4 KiB",
        CONTEXT + offsets(aroundLimit("LIMIT"), 0xfff_ffff_f000L));
  }

  /** Case 10, on a tmpfs of four pages. */
  @Test
  void aFullFileSystemTakesWhatFits() {
    ScriptBench.everywhereUnless(SmallFileSystem.unavailable(), CONTEXT + "0: fd = open_small(RDWR)\n"
        + write("fd", "&8192", "16384", "0", "16384")
        + write("fd", "&8192", "8", "16384", "-ENOSPC")
        + read("fd", "&8192", "64", "16384", "0")
        + "0: close($fd) => 0\n0: again = open_small(RDWR)\n"
        + write("again", "&8192", "14336", "0", "14336")
        + write("again", "&8192", "4096", "14336", "2048")
        + write("again", "&8192", "4096", "16384", "-ENOSPC")
        + read("again", "&8192", "4096", "14336", "2048")
        + read("again", "&8192", "4096", "20480", "0"));
  }

  /** Case 12. */
  @Test
  void aChildDoesNotHaveItsParentsContexts() {
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: fd = eventfd2(1, NONBLOCK)
        0: iocb 128 opcode=POLL fd=$fd buf=IN
        0: fork(1) => 0
        1: io_submit([0], 0, 0) => -EINVAL
        1: io_submit([0], 1, &640) => -EINVAL
        1: io_destroy([0]) => -EINVAL
        1: io_setup(1, &8) => 0
        1: io_submit([8], 1, &640) => 1
        1: exit(3) => 0
        0: wait(1) => 3
        0: io_submit([0], 0, 0) => 0
        0: io_submit([0], 1, &640) => 1
        """);
  }

  /** Case 14: two contexts with a poll and four direct overwrites each, which the disk has yet to answer. */
  private static String exitWithOutstanding(int bytes) {
    StringBuilder script = new StringBuilder("""
        memory MEMORY
        0: fd = open_tmpfile(RDWR|DIRECT)
        0: never = eventfd2(0, NONBLOCK)
        repeat 8 {
        0: write($fd, &4096, BYTES) => BYTES
        }
        0: fork(1) => 0
        1: u64 &4096 = 0x77
        1: io_setup(8, &0) => 0
        1: io_setup(8, &8) => 0
        """);
    for (int context = 0; context < 2; context++) {
      int iocbs = 128 + 320 * context;
      int pointers = 1024 + 40 * context;
      script.append("1: iocb %d opcode=POLL fd=$never buf=IN%n1: u64 &%d = &%1$d%n".formatted(iocbs, pointers));
      for (int i = 0; i < 4; i++) {
        script
            .append("1: iocb %d opcode=PWRITE fd=$fd buf=&4096 nbytes=BYTES offset=%d%n1: u64 &%d = &%1$d%n".formatted(
                iocbs + 64 * (i + 1), (long) bytes * (4 * context + i), pointers + 8 * (i + 1)));
      }
    }
    return (script + """
        1: io_submit([0], 5, &1024) => 5
        1: io_submit([8], 5, &1064) => 5
        1: exit(7) => 0
        0: wait(1) => 7
        0: iocb 128 opcode=PREAD fd=$fd buf=&4096 nbytes=4096 offset=LAST
        0: io_setup(1, &16) => 0
        0: u64 &640 = &128
        0: io_submit([16], 1, &640) => 1
        0: io_getevents([16], 1, 1, &1024, 0) => 1
        0: u64 &4096 => 0x77
        """).replace("MEMORY", Integer.toString(bytes + 4096)).replace("LAST", Long.toString(7L * bytes))
        .replace("BYTES", Integer.toString(bytes));
  }

  /** Case 14, with 8 x 4 MiB, and 8 x 64 KiB emulated: exit waits, and what was submitted is in the file. */
  @Test
  void exitWaitsForLargeTransfersOfTwoContexts() {
    ScriptBench.emulatedAtOnce(exitWithOutstanding(64 << 10));
    ScriptBench.liveAtOnce(LinuxKernel.refusesDirect(), exitWithOutstanding(4 << 20));
  }

  /** No case of the harness: another program takes the memory over, and the contexts go first. */
  @Test
  void execEndsTheContexts() {
    ScriptBench.emulated("""
        0: io_setup(200, &0) -> &0 x 1 => 0
        0: io_setup(1, &8) => -EAGAIN
        0: u64 &640 = &128
        0: fd = eventfd2(0, NONBLOCK)
        0: iocb 128 opcode=POLL fd=$fd buf=IN flags=RESFD resfd=$fd
        0: io_submit([0], 1, &640) => 1
        0: execve() => 0
        0: u64 &0 => 0
        0: io_setup(200, &0) -> &0 x 1 => 0
        0: read($fd, &1536, 8) => 8
        0: u64 &1536 => 1
        """, 200);
  }

  /** Case 19: the ring's new address is the context. */
  @Test
  void aContextFollowsItsRing() {
    ScriptBench.everywhereUnless(
        Runtime.getRuntime().availableProcessors() > 15 ? "the smallest ring is larger than a page here" : "", """
            0: io_setup(1, &0) -> &0 x 1 => 0
            0: u64 &640 = &128
            0: timespec 704
            0: fd = eventfd2(1, NONBLOCK)
            0: iocb 128 opcode=POLL fd=$fd buf=IN data=5
            0: target = mmap(0, 4096, 0, 0x22, -1, 0)
            0: first = mremap([0], 4096, 4096, 3, $target)
            0: io_submit([0], 1, &640) => -EINVAL
            0: io_submit($first, 1, &640) => 1
            0: another = mmap(0, 4096, 0, 0x22, -1, 0)
            0: second = mremap($first, 4096, 4096, 3, $another)
            0: io_getevents($first, 1, 1, &1024, &704) => -EINVAL
            0: io_getevents($second, 1, 1, &1024, &704) => 1
            0: u64 &1024 => 5
            0: io_submit($second, 1, &640) => 1
            0: u32 $second+12 => 2
            0: u64 $second+64 => 5
            0: u32 $second+8 = 2
            0: io_getevents($second, 0, 1, &1024, &704) => 0
            0: io_destroy($second) => 0
            0: io_destroy($second) => -EINVAL
            """);
  }

  /** The ring never resizes: VM_DONTEXPAND, whether or not it might move. */
  @Test
  void aRingDoesNotGrow() {
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: mremap([0], 4096, 8192, 0, 0) => -EFAULT
        0: mremap([0], 4096, 4097, 1, 0) => -EFAULT
        0: mremap([0], 4096, 65536, 1, 0) => -EFAULT
        0: mremap([0], 4096, 0, 1, 0) => -EINVAL
        0: mremap([0], 4096, 8192, 8, 0) => -EINVAL
        0: mremap([0]+8, 4096, 8192, 0, 0) => -EINVAL
        0: same = mremap([0], 4096, 4096, 1, 0)
        0: io_destroy($same) => 0
        0: mremap([0], 4096, 8192, 1, 0) => -EFAULT
        """);
  }

  /**
   * 3adf7ae18bf4, April 2026. Not on the live kernel, which may be older: 6.18.44 moves the page, leaves the others where they
   * are for ever, and unmaps as much as the whole ring at the new address when the context goes.
   */
  @Test
  void aPartOfARingDoesNotMove() {
    ScriptBench.emulated("""
        0: io_setup(200, &0) -> &0 x 1 => 0
        0: target = mmap(0, 65536, 0, 0x22, -1, 0)
        0: mremap([0], 4096, 4096, 3, $target) => -EINVAL
        0: u32 [0]+16 => 0xa10a10a1
        0: whole = mremap([0], 16384, 16384, 3, $target)
        0: u32 $whole+16 => 0xa10a10a1
        0: io_destroy($whole) => 0
        0: u64 &0 = 0
        0: io_setup(150, &0) => 0
        0: other = mmap(0, 65536, 0, 0x22, -1, 0)
        0: u32 [0]+4 => 383
        0: mremap([0], 16384, 16384, 3, $other)
        0: u32 [0]+16 => 0xa10a10a1
        0: io_destroy([0]) => 0
        """);
  }

  /** Case 20: contexts that make up aio-max-nr exactly; the one more that does not fit is refused. */
  @Test
  void allRequestsOfTheSystemCanBeHad() throws IOException {
    ScriptBench.emulated(upTo(800), 800);
    if (!LinuxKernel.unavailable().isEmpty()) {
      return;
    }
    // Contexts of earlier tests go away one after another.
    for (int wait = 0; wait < 100 && number("/proc/sys/fs/aio-nr") != 0; wait++) {
      LockSupport.parkNanos(100_000_000);
    }
    long most = number("/proc/sys/fs/aio-max-nr");
    ScriptBench.live(
        number("/proc/sys/fs/aio-nr") != 0 || most > 1 << 20
            ? "others use aio, or aio-max-nr is too large to use it up"
            : "",
        upTo(most));
  }

  private static long number(String file) throws IOException {
    // All in one read: a second one gets nothing.
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] text = new byte[64];
      return Long.parseLong(new String(text, 0, in.read(text), StandardCharsets.US_ASCII).strip());
    }
  }

  private static String upTo(long requests) {
    StringBuilder script = new StringBuilder();
    long left = requests;
    for (int i = 0; i < 8; i++) {
      long part = i == 7 ? left : requests / 8;
      script.append("0: io_setup(%d, &%d) -> &%d x 1 => 0%n".formatted(part, 8 * i, 8 * i));
      left -= part;
    }
    script.append("0: io_setup(1, &64) => -EAGAIN\n0: io_destroy([8]) => 0\n");
    return script + "0: io_setup(%d, &72) => 0%n".formatted(requests / 8);
  }

  /** Case 21: a direct read must not wait for dirty pages of the cache. */
  @Test
  void aDirectReadThatMustNotWaitIsRefusedWhilePagesAreDirty() {
    ScriptBench.everywhereUnless(LinuxKernel.refusesDirect(), CONTEXT + "0: fd = open_tmpfile(RDWR)\n"
        + write("fd", "&8192", "4096", "0", "4096") + """
            0: fcntl($fd, 4, DIRECT) => 0
            0: iocb 128 opcode=PREAD fd=$fd buf=&8192 nbytes=4096 rwflags=RWF_NOWAIT
            """
        + ONE.formatted("-EAGAIN") + """
            0: fsync($fd) => 0
            0: fadvise64($fd, 0, 0, 4) => 0
            """
        + ONE.formatted("4096"));
  }

  /** Case 22, its signal: it ends the wait unless the call masks it. */
  @Test
  void aSignalEndsTheWaitUnlessItIsMasked() {
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: pipe2(&64, NONBLOCK) => 0
        0: iocb 128 opcode=POLL fd={64} buf=IN data=9
        0: io_submit([0], 1, &640) => 1
        0: u64 &720 = 0
        0: u64 &728 = &720
        0: u64 &736 = 8
        1: start io_pgetevents([0], 1, 1, &1024, 0, &728) => -EINTR
        0: kill(1, 10) => 0
        1: start io_getevents([0], 1, 1, &1024, 0) => -EINTR
        0: kill(1, 10) => 0
        1: u64 &720 = 0x200
        1: start io_pgetevents([0], 1, 1, &1024, 0, &728) => 1
        0: kill(1, 10) => 0
        0: write({68}, &1280, 1) => 1
        1: u64 &1024 => 9
        1: u64 &1040 => 65
        """);
  }

  /** O_DIRECT: the end of the file comes before alignment; the buffer's address may be anything. */
  @Test
  void directTransfersMustBeAligned() {
    ScriptBench.everywhereUnless(LinuxKernel.refusesDirect(), CONTEXT + "0: fd = open_tmpfile(RDWR|DIRECT)\n"
        + write("fd", "&8192", "4096", "0", "4096")
        + read("fd", "&8192", "512", "512", "512")
        + read("fd", "&8192", "511", "0", "-EINVAL")
        + read("fd", "&8192", "512", "1", "-EINVAL")
        + read("fd", "&8200", "512", "0", "512")
        + read("fd", "&8192", "0", "1", "0")
        + read("fd", "&8192", "512", "4096", "0")
        + read("fd", "&8192", "100", "4096", "0")
        + write("fd", "&8192", "511", "0", "-EINVAL")
        + write("fd", "&8192", "512", "1", "-EINVAL")
        + write("fd", "&8200", "512", "4096", "512")
        + write("fd", "&8192", "0", "3", "0"));
  }
}
