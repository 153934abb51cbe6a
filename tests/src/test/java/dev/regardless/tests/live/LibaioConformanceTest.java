package dev.regardless.tests.live;

import org.junit.jupiter.api.Test;

/**
 * What libaio's test harness demands of a kernel, case by case, written anew from descriptions of its cases; the number of
 * the case is in each comment. All run on every emulated architecture and on the kernel under this machine. The cases that
 * need many rounds or much memory are in {@link LibaioLoadTest}, those about processes in {@link LibaioProcessTest}.
 */
class LibaioConformanceTest {

  private static final String WILD = "0x777700000000";

  /** Case 2. */
  @Test
  void setUpLooksAtThePointerBeforeTheNumber() {
    ScriptBench.everywhere("""
        0: io_setup(-1000, WILD) => -EFAULT
        0: io_setup(0, -1) => -EFAULT
        0: io_setup(-1000, &0) => -EINVAL
        0: io_setup(-1, &0) => -EINVAL
        0: io_setup(0, &0) => -EINVAL
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: io_setup(1, &0) => -EINVAL
        """.replace("WILD", WILD));
  }

  /** Case 3. */
  @Test
  void submitChecksContextNumberArrayAndElements() {
    ScriptBench.everywhere("""
        0: io_setup(4, &0) -> &0 x 1 => 0
        0: io_submit(WILD, 1, &640) => -EINVAL
        0: io_submit([0], 0, 0) => 0
        0: io_submit([0], 1, 0) => -EFAULT
        0: io_submit([0], 1, -1) => -EFAULT
        0: u64 &640 = WILD
        0: io_submit([0], 1, &640) => -EFAULT
        0: io_submit([0], -1, &640) => -EINVAL
        """.replace("WILD", WILD));
  }

  /** Case 4: wrong mode and bad offset refuse; a bad buffer shows in the event. */
  @Test
  void transfersCheckModeOffsetAndBuffer() {
    ScriptBench.everywhere("""
        0: io_setup(4, &0) -> &0 x 1 => 0
        0: timespec 704
        0: u64 &640 = &128
        0: out = open_tmpfile(WRONLY)
        0: iocb 128 opcode=PREAD fd=$out buf=&1536 nbytes=8
        0: io_submit([0], 1, &640) => -EBADF
        0: both = open_tmpfile(RDWR)
        0: iocb 128 opcode=PREAD fd=$both buf=&1536 nbytes=8 offset=-1
        0: io_submit([0], 1, &640) => -EINVAL
        0: iocb 128 opcode=PWRITE fd=$both buf=&1536 nbytes=8 offset=-1
        0: io_submit([0], 1, &640) => -EINVAL
        0: iocb 128 opcode=PWRITE fd=$both buf=8 nbytes=8
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => -EFAULT
        """);
  }

  /** Case 4. */
  @Test
  void appendingIgnoresTheOffset() {
    ScriptBench.everywhere("""
        0: io_setup(4, &0) -> &0 x 1 => 0
        0: timespec 704
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR|APPEND)
        0: u64 &1280 = 0x11
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=8 offset=64
        0: io_submit([0], 1, &640) => 1
        0: u64 &1280 = 0x22
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 2, 2, &1024, &704) => 2
        0: iocb 128 opcode=PREAD fd=$fd buf=&1536 nbytes=100
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => 16
        0: u64 &1536 => 0x11
        0: u64 &1544 => 0x22
        """);
  }

  /** No case of the harness: RWF_NOAPPEND (32) takes the file's O_APPEND away for one request. */
  @Test
  void oneRequestNeedNotAppend() {
    ScriptBench.everywhere("""
        0: io_setup(4, &0) -> &0 x 1 => 0
        0: timespec 704
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR|APPEND)
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=8 offset=64
        0: io_submit([0], 1, &640) => 1
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=8 offset=64 rwflags=32
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 2, 2, &1024, &704) => 2
        0: iocb 128 opcode=PREAD fd=$fd buf=&1536 nbytes=100
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => 72
        """);
  }

  /** Case 15, with four segments: their number goes where the bytes go otherwise. */
  @Test
  void vectorsAreWrittenAndReadAtOffsets() {
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: timespec 704
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR)
        0: u64 &1280 = 0x1111
        0: u64 &1296 = 0x2222
        0: iovec 2048 base=&1280 length=8
        0: iovec 2064 base=&1296 length=8
        0: iovec 2080 base=&1280 length=0
        0: iovec 2096 base=&1280 length=4
        0: iocb 128 opcode=PWRITEV fd=$fd buf=&2048 nbytes=4 offset=100
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => 20
        0: iovec 2048 base=&1536 length=3
        0: iovec 2064 base=&1600 length=17
        0: iocb 128 opcode=PREADV fd=$fd buf=&2048 nbytes=2 offset=100
        0: io_submit([0], 1, &640) => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => 20
        0: u16 &1536 => 0x1111
        0: u16 &1605 => 0x2222
        0: u16 &1613 => 0x1111
        """);
  }

  /** Case 16: when the eventfd has counted, the event can be taken. */
  @Test
  void theEventfdIsSignalledAfterTheEvent() {
    ScriptBench.everywhere("""
        0: io_setup(2, &0) -> &0 x 1 => 0
        0: timespec 704
        0: u64 &640 = &128
        0: fd = open_tmpfile(RDWR)
        0: counter = eventfd2(0, NONBLOCK)
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=64 flags=RESFD resfd=$counter
        0: read($counter, &1536, 8) => -EAGAIN
        0: io_submit([0], 1, &640) => 1
        0: read($counter, &1536, 8) => 8
        0: u64 &1536 => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=64 flags=RESFD resfd=$fd
        0: io_submit([0], 1, &640) => -EINVAL
        0: iocb 128 opcode=PWRITE fd=$fd buf=&1280 nbytes=64 flags=RESFD resfd=-1
        0: io_submit([0], 1, &640) => -EBADF
        """);
  }

  /** Case 17: whoever does not take events is refused in the end, and goes on when the ring's head moves. */
  @Test
  void aFullRingRefusesUntilTheProgramMovesItsHead() {
    // The ring is a page, 127 events, on machines of up to 15 CPUs; 126 slots in batches are handed out.
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &128
        0: fd = eventfd2(1, NONBLOCK)
        0: iocb 128 opcode=POLL fd=$fd buf=IN
        0: u32 [0]+16 => 0xa10a10a1
        0: u32 [0]+28 => 32
        0: nr = u32 [0]+4
        repeat 100 {
        0: io_submit([0], 1, &640) => 1
        }
        0: u32 [0]+12 => 100
        0: u32 [0]+8 = 100
        repeat 20 {
        0: io_submit([0], 1, &640) => 1
        }
        0: u32 [0]+12 => 120
        0: u32 [0]+8 => 100
        """);
  }

  /** Case 22, its poll: the event carries data and IN, and RDNORM unasked, as a wake-up's whole key is reported. */
  @Test
  void aPollReportsTheIocbAndTheEvents() {
    ScriptBench.everywhere("""
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: timespec 704
        0: timespec 720 seconds=0 nanoseconds=300000000
        0: u64 &640 = &128
        0: pipe2(&64, NONBLOCK) => 0
        0: iocb 128 opcode=POLL fd={64} buf=IN data=9
        0: io_submit([0], 1, &640) => 1
        0: io_pgetevents([0], 0, 1, &1024, &704, 0) => 0
        1: start io_pgetevents([0], 1, 1, &1024, &720, 0) => 1
        0: write({68}, &1280, 1) => 1
        1: u64 &1024 => 9
        1: u64 &1040 => 65
        """);
  }
}
