package dev.regardless.tests.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.kernel.Task;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of the checks of each aio call: every row is a call that is wrong in two ways, of which the kernel reports one.
 * Each pair of neighbours in a call's list of errors has a row. On every emulated architecture and on the kernel under this
 * machine; io_submit, with nothing accepted, must also leave no event.
 */
class AioErrnoOrderTest {

  /**
   * A row.
   *
   * @param first the error that is reported
   * @param second the other one
   * @param call the step, with its expectation
   */
  record Row(String first, String second, String call) {
    @Override
    public String toString() {
      return first + " before " + second;
    }
  }

  private static final String WILD = "0x777700000000";

  private static final String PREPARED = """
      0: u64 &0 = 0
      0: io_setup(8, &0) -> &0 x 1 => 0
      0: u64 &8 = 1
      0: u64 &640 = &128
      0: timespec 704
      0: timespec 3000 seconds=-1
      0: counter = eventfd2(0, NONBLOCK)
      0: regular = open_tmpfile(RDWR)
      0: reading = open_tmpfile(RDONLY|2)
      0: writing = open_tmpfile(WRONLY)
      0: pipe2(&64, NONBLOCK) => 0
      0: u64 &720 = &736
      0: u64 &728 = 7
      """;

  private static Row row(String first, String second, String call) {
    return new Row(first, second, "0: " + call.replace("WILD", WILD));
  }

  /** io_submit of one iocb with these fields. */
  private static Row iocb(String first, String second, String fields, String result) {
    return new Row(first, second, """
        0: iocb 128 %s
        0: io_submit([0], 1, &640) => %s
        0: io_getevents([0], 0, 1, &1024, &704) => 0
        """.formatted(fields.replace("WILD", WILD), result));
  }

  /** Two polls that are ready; the program's memory ends at 4096. */
  private static final String TWO_EVENTS = """
      0: write($counter, &8, 8) => 8
      0: u64 &648 = &192
      0: iocb 128 opcode=POLL fd=$counter buf=IN data=4
      0: iocb 192 opcode=POLL fd=$counter buf=IN data=5
      """;

  /** A mapping of what is at byte 128, which can be read but not written. */
  private static final String READ_ONLY = """
      0: write($regular, &128, 64) => 64
      0: readonly = mmap(0, 4096, 1, 1, $regular, 0)
      0: u64 &640 = $readonly
      """;

  /** Clears CAP_SYS_MODULE to CAP_SYS_NICE, a byte of the effective set: CAP_SYS_ADMIN is 21, CAP_SYS_NICE 23. */
  private static final String DROP = """
      0: capheader 3100 version=0x20080522
      0: capget(&3100, &3112) => 0
      0: before = u8 &3114
      0: u8 &3114 = 0
      0: capset(&3100, &3112) => 0
      """;

  private static final String REGAIN = """
      0: u8 &3114 = $before
      0: capset(&3100, &3112) => 0
      """;

  /** io_submit of one iocb that can only be read. */
  private static Row frozen(String first, String second, String fields, String result) {
    return new Row(first, second, """
        0: iocb 128 %s
        %s0: io_submit([0], 1, &640) => %s
        0: io_getevents([0], 0, 1, &1024, &704) => 0
        """.formatted(fields, READ_ONLY, result));
  }

  /** io_submit of one iocb without privileges. */
  private static Row unprivileged(String first, String second, String fields, String result) {
    return new Row(first, second, DROP + iocb(first, second, fields, result).call() + REGAIN);
  }

  static Stream<Row> setUp() {
    return Stream.of(
        row("handle unreadable", "no requests", "io_setup(0, WILD) => -EFAULT"),
        row("handle unreadable", "too many", "io_setup(-1, WILD) => -EFAULT"),
        row("handle not 0", "too many", "io_setup(65537, &8) => -EINVAL"),
        row("no requests", "handle not 0", "io_setup(0, &8) => -EINVAL"),
        row("doubled too large", "above aio-max-nr", "io_setup(0x10000000, &16) => -EINVAL"),
        row("doubled wraps to 0", "above aio-max-nr", "io_setup(0x80000000, &16) => -EAGAIN"),
        row("above aio-max-nr", "together above it", "io_setup(65537, &16) => -EAGAIN"),
        new Row("above aio-max-nr", "handle unwritable", READ_ONLY + "0: io_setup(65537, $readonly) => -EAGAIN"),
        // The context is made, and killed.
        new Row("handle unwritable", "nothing else", READ_ONLY + "0: io_setup(1, $readonly) => -EFAULT"));
  }

  static Stream<Row> submit() {
    return Stream.of(
        row("negative count", "bad context", "io_submit(WILD, -1, WILD) => -EINVAL"),
        row("bad context", "nothing to do", "io_submit(WILD, 0, WILD) => -EINVAL"),
        row("nothing to do", "array unreadable", "io_submit([0], 0, WILD) => 0"),
        row("bad context", "array unreadable", "io_submit(WILD, 1, WILD) => -EINVAL"),
        row("array unreadable", "more than the ring holds", "io_submit([0], 1000000, WILD) => -EFAULT"),
        new Row("iocb unreadable", "second iocb bad", """
            0: u64 &640 = 0x777700000000
            0: u64 &648 = 0
            0: io_submit([0], 2, &640) => -EFAULT
            """),
        iocb("reserved2", "nbytes negative", "opcode=POLL fd=-1 nbytes=-1 reserved=1", "-EINVAL"),
        iocb("reserved2", "fd", "opcode=POLL fd=-1 buf=IN reserved=1", "-EINVAL"),
        iocb("nbytes negative", "fd", "opcode=PREAD fd=-1 nbytes=-1", "-EINVAL"),
        iocb("fd", "resfd", "opcode=POLL fd=-1 buf=IN flags=RESFD resfd=$regular", "-EBADF"),
        iocb("resfd not open", "opcode", "opcode=4 fd=$counter flags=RESFD resfd=-1", "-EBADF"),
        iocb("resfd no eventfd", "poll arguments", "opcode=POLL fd=$counter buf=0x10000 flags=RESFD resfd=$regular",
            "-EINVAL"),
        iocb("fd", "opcode", "opcode=9 fd=-1", "-EBADF"),
        iocb("fd", "poll arguments", "opcode=POLL fd=-1 buf=0x10000", "-EBADF"),
        iocb("fd", "fsync arguments", "opcode=FSYNC fd=-1 buf=1", "-EBADF"),
        iocb("opcode", "priority", "opcode=NOOP fd=$regular flags=IOPRIO reqprio=0xffff", "-EINVAL"),
        frozen("fd", "key unwritable", "opcode=POLL fd=-1 buf=IN", "-EBADF"),
        frozen("resfd no eventfd", "key unwritable", "opcode=POLL fd=$counter buf=IN flags=RESFD resfd=$regular",
            "-EINVAL"),
        frozen("key unwritable", "opcode", "opcode=9 fd=$counter", "-EFAULT"),
        frozen("key unwritable", "poll arguments", "opcode=POLL fd=$counter buf=0x10000", "-EFAULT"));
  }

  static Stream<Row> pollAndFsync() {
    return Stream.of(
        iocb("events", "offset", "opcode=POLL fd=$counter buf=0x10000 offset=1", "-EINVAL"),
        iocb("offset", "nothing that polls", "opcode=POLL fd=$regular buf=PRI offset=1", "-EINVAL"),
        iocb("nbytes", "nothing that polls", "opcode=POLL fd=$regular buf=PRI nbytes=1", "-EINVAL"),
        iocb("rw_flags", "nothing that polls", "opcode=POLL fd=$regular buf=PRI rwflags=1", "-EINVAL"),
        iocb("nothing that polls", "nothing that is ready", "opcode=POLL fd=$regular buf=PRI", "-EINVAL"),
        new Row("ready at once", "nothing that polls", """
            0: iocb 128 opcode=POLL fd=$regular buf=OUT|PRI data=3
            0: io_submit([0], 1, &640) => 1
            0: io_getevents([0], 1, 1, &1024, &704) => 1
            0: u64 &1040 => 4
            """),
        iocb("fsync buf", "no fsync", "opcode=FSYNC fd=$counter buf=1", "-EINVAL"),
        iocb("fsync offset", "no fsync", "opcode=FSYNC fd=$counter offset=1", "-EINVAL"),
        iocb("fsync nbytes", "no fsync", "opcode=FDSYNC fd=$counter nbytes=1", "-EINVAL"),
        iocb("fsync rw_flags", "no fsync", "opcode=FDSYNC fd=$counter rwflags=1", "-EINVAL"));
  }

  static Stream<Row> transfers() {
    return Stream.of(
        iocb("priority", "rw_flags", "opcode=PREAD fd=$regular flags=IOPRIO reqprio=0xffff rwflags=0x10000", "-EINVAL"),
        iocb("rw_flags", "mode", "opcode=PREAD fd=$writing buf=&1536 nbytes=8 rwflags=0x10000", "-EOPNOTSUPP"),
        iocb("priority", "mode", "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0xffff", "-EINVAL"),
        iocb("mode", "buffer", "opcode=PREAD fd=$writing buf=-1 nbytes=8", "-EBADF"),
        iocb("mode", "buffer, of a pipe", "opcode=PWRITE fd={64} buf=-1 nbytes=8", "-EBADF"),
        iocb("mode", "position", "opcode=PREAD fd=$writing buf=&1536 nbytes=8 offset=-1", "-EBADF"),
        iocb("no write_iter", "buffer", "opcode=PWRITE fd=$counter buf=-1 nbytes=8", "-EINVAL"),
        iocb("buffer", "position", "opcode=PREAD fd=$regular buf=-1 nbytes=8 offset=-1", "-EFAULT"),
        iocb("too many segments", "vector unreadable", "opcode=PREADV fd=$regular buf=WILD nbytes=1025", "-EINVAL"),
        iocb("vector unreadable", "position", "opcode=PREADV fd=$regular buf=WILD nbytes=2 offset=-1", "-EFAULT"),
        new Row("length of a segment", "position", """
            0: iovec 2048 base=&1536 length=-1
            0: iocb 128 opcode=PWRITEV fd=$regular buf=&2048 nbytes=1 offset=-1
            0: io_submit([0], 1, &640) => -EINVAL
            """),
        new Row("length of a later segment", "address of the first", """
            0: iovec 2048 base=-1 length=8
            0: iovec 2064 base=&1536 length=-1
            0: iocb 128 opcode=PWRITEV fd=$regular buf=&2048 nbytes=2
            0: io_submit([0], 1, &640) => -EINVAL
            """),
        new Row("position", "buffer that only the transfer finds", """
            0: iocb 128 opcode=PREAD fd=$regular buf=8 nbytes=8 offset=-1
            0: io_submit([0], 1, &640) => -EINVAL
            """));
  }

  /** IOPRIO_CLASS_RT (1) needs CAP_SYS_ADMIN or CAP_SYS_NICE; BE (2) and IDLE (3) do not, nor does a poll look at it. */
  static Stream<Row> priorities() {
    return Stream.of(
        unprivileged("fd", "right to a priority", "opcode=PREAD fd=-1 flags=IOPRIO reqprio=0x2000", "-EBADF"),
        unprivileged("resfd no eventfd", "right to a priority",
            "opcode=PREAD fd=$regular flags=IOPRIO|RESFD resfd=$regular reqprio=0x2000", "-EINVAL"),
        unprivileged("opcode", "right to a priority", "opcode=NOOP fd=$regular flags=IOPRIO reqprio=0x2000", "-EINVAL"),
        unprivileged("right to a priority", "rw_flags",
            "opcode=PREAD fd=$regular flags=IOPRIO reqprio=0x2000 rwflags=0x10000", "-EPERM"),
        unprivileged("right to a priority", "mode",
            "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x2000", "-EPERM"),
        unprivileged("right to a priority", "mode, of a write",
            "opcode=PWRITEV fd=$reading buf=WILD nbytes=1 flags=IOPRIO reqprio=0x2007", "-EPERM"),
        unprivileged("right to a priority", "no write_iter",
            "opcode=PWRITE fd=$counter buf=-1 nbytes=8 flags=IOPRIO reqprio=0x2001", "-EPERM"),
        unprivileged("priority, whatever the rights", "mode",
            "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x8000", "-EINVAL"),
        unprivileged("mode", "priority that needs no right",
            "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x4007", "-EBADF"),
        unprivileged("mode", "idle priority", "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x6000",
            "-EBADF"),
        unprivileged("mode", "priority that is not to be looked at",
            "opcode=PREAD fd=$writing buf=&1536 nbytes=8 reqprio=0x2000", "-EBADF"),
        unprivileged("poll arguments", "right to a priority",
            "opcode=POLL fd=$counter buf=0x10000 flags=IOPRIO reqprio=0x2000", "-EINVAL"));
  }

  static Stream<Row> cancel() {
    return Stream.of(
        row("key unreadable", "bad context", "io_cancel(WILD, WILD, 0) => -EFAULT"),
        new Row("key", "bad context", """
            0: iocb 128 opcode=POLL key=1
            0: io_cancel(0, &128, 0) => -EINVAL
            """),
        row("bad context", "not in flight", "io_cancel(WILD, &128, 0) => -EINVAL"),
        new Row("not in flight", "result unwritable", """
            0: iocb 128 opcode=POLL
            0: io_cancel([0], &128, 8) => -EINVAL
            """),
        new Row("told to finish", "result unwritable", """
            0: iocb 128 opcode=POLL fd=$counter buf=IN
            0: io_submit([0], 1, &640) => 1
            0: io_cancel([0], &128, 8) => -EINPROGRESS
            """));
  }

  static Stream<Row> events() {
    return Stream.of(
        row("timeout", "bad context", "io_getevents(WILD, 1, 0, &1024, 8) => -EFAULT"),
        row("bad context", "minimum above most", "io_getevents(WILD, 1, 0, &1024, 0) => -EINVAL"),
        row("minimum above most", "buffer", "io_getevents([0], 1, 0, WILD, 0) => -EINVAL"),
        row("minimum negative", "buffer", "io_getevents([0], -1, 1, WILD, 0) => -EINVAL"),
        new Row("buffer", "time that is up", """
            0: write($counter, &8, 8) => 8
            0: iocb 128 opcode=POLL fd=$counter buf=IN data=4
            0: io_submit([0], 1, &640) => 1
            0: io_getevents([0], 1, 1, 8, &704) => -EFAULT
            0: io_getevents([0], 1, 1, &1024, &704) => 1
            0: u64 &1024 => 4
            """),
        new Row("buffer that can only be read", "time that is up", READ_ONLY + """
            0: write($counter, &8, 8) => 8
            0: iocb 128 opcode=POLL fd=$counter buf=IN data=4
            0: u64 &640 = &128
            0: io_submit([0], 1, &640) => 1
            0: io_getevents([0], 1, 1, $readonly, &704) => -EFAULT
            0: io_getevents([0], 1, 1, &1024, &704) => 1
            0: u64 &1024 => 4
            """),
        new Row("buffer of the second event", "first event that fits", TWO_EVENTS + """
            0: io_submit([0], 2, &640) => 2
            0: io_getevents([0], 1, 2, &4064, &704) => -EFAULT
            0: io_getevents([0], 2, 2, &1024, &704) => 2
            """),
        new Row("an event that was taken", "buffer of one that came later", TWO_EVENTS + """
            0: io_submit([0], 1, &640) => 1
            1: start io_getevents([0], 2, 2, &4064, 0) => 1
            0: io_submit([0], 1, &648) => 1
            0: io_getevents([0], 1, 2, &1024, &704) => 1
            0: u64 &1024 => 5
            1: u64 &4064 => 4
            """),
        row("timeout", "signal set", "io_pgetevents(WILD, 1, 0, &1024, 8, 8) => -EFAULT"),
        row("signal set's description", "bad context", "io_pgetevents(WILD, 1, 0, &1024, &704, 8) => -EFAULT"),
        row("size of the signal set", "bad context", "io_pgetevents(WILD, 1, 0, &1024, &704, &720) => -EINVAL"),
        new Row("signal set", "bad context", """
            0: u64 &720 = 8
            0: u64 &728 = 8
            0: io_pgetevents(0, 1, 0, &1024, &704, &720) => -EFAULT
            """),
        new Row("size of the signal set", "signal set", """
            0: u64 &720 = 8
            0: u64 &728 = 4
            0: io_pgetevents([0], 0, 1, &1024, &704, &720) => -EINVAL
            """),
        new Row("killed context", "wild buffer", """
            0: io_destroy([0]) => 0
            0: io_getevents([0], 0, 1, 8, &704) => -EINVAL
            0: io_destroy([0]) => -EINVAL
            """));
  }

  @ParameterizedTest
  @MethodSource({"setUp", "submit", "pollAndFsync", "transfers", "priorities", "cancel", "events"})
  void theFirstErrorWins(Row row) {
    ScriptBench.everywhere(PREPARED + row.call());
  }

  /** io_submit tells how many it took, not why it stopped. */
  @Test
  void whatWasAcceptedCountsMoreThanAnError() {
    ScriptBench.everywhere(PREPARED + """
        0: u64 &648 = 8
        0: iocb 128 opcode=POLL fd=$counter buf=IN
        0: io_submit([0], 2, &640) => 1
        """);
  }

  @Test
  void everyCallHasItsRows() {
    assertEquals(List.of(9L, 20L, 10L, 13L, 12L, 5L, 14L, 13L), Stream.of(
        setUp(), submit(), pollAndFsync(), transfers(), priorities(), cancel(), events(), olderKernels())
        .map(Stream::count).toList());
  }

  /** What a real-time priority needs it to have. */
  @Test
  void eitherCapabilityAllowsRealTime() {
    String script = PREPARED + "%s" + """
        0: iocb 128 opcode=PREAD fd=$regular buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x2003
        0: io_submit([0], 1, &640) => %s
        %s""";
    boolean privileged = LinuxKernel.unavailable().isEmpty() && LinuxKernel.hasCapability(Task.CAP_SYS_ADMIN)
        && LinuxKernel.hasCapability(Task.CAP_SYS_NICE);
    String reason = privileged ? "" : "CAP_SYS_ADMIN and CAP_SYS_NICE are needed";
    ScriptBench.everywhereUnless(reason, script.formatted("", "1", ""));
    for (int kept : new int[] {Task.CAP_SYS_ADMIN, Task.CAP_SYS_NICE}) {
      String drop = DROP.replace("u8 &3114 = 0", "u8 &3114 = " + (1 << (kept - 16)));
      ScriptBench.everywhereUnless(reason, script.formatted(drop, "1", REGAIN));
    }
    ScriptBench.everywhere(script.formatted(DROP, "-EPERM", REGAIN));
  }

  /** capset gives nothing that is not permitted, and answers for other versions and tasks as Linux does. */
  @Test
  void capabilitiesAreCheckedToo() {
    ScriptBench.everywhere(PREPARED + """
        0: capget(8, 8) => -EFAULT
        0: capheader 3100 version=0x20080522
        0: capget(&3100, 8) => -EFAULT
        0: capset(&3100, 8) => -EFAULT
        0: capget(&3100, &3112) => 0
        0: capset(&3100, &3112) => 0
        0: u8 &3119 = 0xff
        0: capheader 3100 version=7
        0: capset(&3100, &3112) => -EINVAL
        0: u32 &3100 => 0x20080522
        0: capheader 3100 version=7
        0: capget(&3100, 0) => 0
        0: capheader 3100 version=0x20080522 pid=-1
        0: capget(&3100, &3112) => -EINVAL
        0: capset(&3100, &3112) => -EPERM
        """ + READ_ONLY + """
        0: capheader 3100 version=0x20080522
        0: capget(&3100, $readonly) => -EFAULT
        0: capget($readonly, &3112) => -EFAULT
        """);
  }

  /** import_iovec: a negative length is found before the pipe is looked at. */
  @Test
  void splicedMemoryHasNoNegativeLength() {
    ScriptBench.everywhere("""
        0: pipe2(&0, NONBLOCK) => 0
        0: iovec 64 base=&128 length=-1
        0: vmsplice({4}, &64, 1, 2) => -EINVAL
        0: vmsplice({0}, &64, 1, 2) => -EINVAL
        0: iovec 64 base=&128
        0: vmsplice({4}, &64, 1, 2) => 0
        """);
  }

  /** Up to 5.0 resfd and key are looked at before fd, and the opcode's function looks at its arguments before fd. */
  static Stream<Row> olderKernels() {
    return Stream.of(
        iocb("reserved2", "resfd", "opcode=POLL fd=-1 flags=RESFD resfd=-1 reserved=1", "-EINVAL"),
        iocb("resfd no eventfd", "fd", "opcode=POLL fd=-1 buf=IN flags=RESFD resfd=$regular", "-EINVAL"),
        frozen("resfd no eventfd", "key unwritable", "opcode=POLL fd=-1 buf=IN flags=RESFD resfd=$regular", "-EINVAL"),
        frozen("key unwritable", "fd", "opcode=POLL fd=-1 buf=IN", "-EFAULT"),
        frozen("key unwritable", "opcode", "opcode=9 fd=-1", "-EFAULT"),
        iocb("opcode", "fd", "opcode=9 fd=-1", "-EINVAL"),
        iocb("poll events", "fd", "opcode=POLL fd=-1 buf=0x10000", "-EINVAL"),
        iocb("poll offset", "fd", "opcode=POLL fd=-1 buf=IN offset=1", "-EINVAL"),
        iocb("fsync arguments", "fd", "opcode=FSYNC fd=-1 buf=1", "-EINVAL"),
        iocb("fdsync arguments", "fd", "opcode=FDSYNC fd=-1 nbytes=1", "-EINVAL"),
        iocb("fd", "no fsync", "opcode=FSYNC fd=-1", "-EBADF"),
        iocb("fd", "priority", "opcode=PREAD fd=-1 flags=IOPRIO reqprio=0xffff", "-EBADF"),
        unprivileged("right to a priority", "mode",
            "opcode=PREAD fd=$writing buf=&1536 nbytes=8 flags=IOPRIO reqprio=0x2000", "-EPERM"));
  }

  @ParameterizedTest
  @MethodSource("olderKernels")
  void theFirstErrorWinsUpTo50(Row row) {
    ScriptBench.emulated(PREPARED + row.call(), "linux-5.0");
  }
}
