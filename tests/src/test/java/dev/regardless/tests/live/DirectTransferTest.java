package dev.regardless.tests.live;

import org.junit.jupiter.api.Test;

/**
 * What O_DIRECT transfers do to files and memory on ext4 (6.18), one fact a test: on every emulated architecture and on the
 * kernel under this machine, where its temporary folder has O_DIRECT with blocks of 512 bytes.
 */
class DirectTransferTest {

  private static final String FILE = """
      memory 20480
      0: io_setup(8, &0) -> &0 x 1 => 0
      0: u64 &640 = &128
      0: fd = open_tmpfile(RDWR|DIRECT)
      0: u64 &4096 = 0x11
      """;

  private static final String ONE = """
      0: io_submit([0], 1, &640) => 1
      0: io_getevents([0], 1, 1, &1024, 0) => 1
      0: u64 &1040 => %s
      """;

  private static String transfer(String opcode, String fields, String result) {
    return "0: iocb 128 opcode=%s fd=$fd %s%n".formatted(opcode, fields) + ONE.formatted(result);
  }

  private static String write(String fields, String result) {
    return transfer("PWRITE", fields, result);
  }

  private static String read(String fields, String result) {
    return transfer("PREAD", fields, result);
  }

  private static void everywhere(String script) {
    String refused = LinuxKernel.refusesDirect();
    boolean usual = LinuxKernel.directAlignment(System.getProperty("java.io.tmpdir", ".")).block() == 512;
    ScriptBench.everywhereUnless(refused.isEmpty() && !usual ? "blocks are not of 512 bytes" : refused, FILE + script);
  }

  @Test
  void whatIsReadBeyondTheEndIsZeroButNotCounted() {
    everywhere(write("buf=&4096 nbytes=512", "512") + """
        0: u64 &8704 = 0x99
        0: u64 &16376 = 0x99
        """ + read("buf=&8192 nbytes=8192", "512") + """
        0: u64 &8192 => 0x11
        0: u64 &8704 => 0
        0: u64 &16376 => 0
        """);
  }

  @Test
  void holesAreReadWithoutAlignment() {
    everywhere(write("buf=&4096 nbytes=512 offset=8192", "512")
        + "0: u64 &8192 = 0x99\n"
        + read("buf=&8192 nbytes=100 offset=1", "100")
        + "0: u64 &8192 => 0\n"
        + read("buf=&8192 nbytes=4100 offset=4096", "-EINVAL")
        + read("buf=&8192 nbytes=4608 offset=4096", "4608")
        + "0: u64 &12288 => 0x11\n");
  }

  @Test
  void memoryMayBeAnywhereIfItIsOneStretchOfAPage() {
    everywhere(write("buf=&4096 nbytes=4096", "4096")
        + read("buf=&8193 nbytes=512", "512")
        + read("buf=&12032 nbytes=512", "-EINVAL")
        + read("buf=&8200 nbytes=4096", "-EINVAL")
        + read("buf=&8704 nbytes=4096", "4096")
        + """
            0: iovec 2048 base=&8192 length=100
            0: iovec 2064 base=&8292 length=412
            """
        + transfer("PREADV", "buf=&2048 nbytes=2", "512")
        + "0: iovec 2064 base=&9000 length=412\n"
        + transfer("PREADV", "buf=&2048 nbytes=2", "-EINVAL"));
  }

  /** Memory that ends in the middle: the blocks before it are transferred, and the result is an error nevertheless. */
  @Test
  void aFaultHidesWhatWasTransferred() {
    everywhere(write("buf=&4096 nbytes=4096", "4096")
        + read("buf=&19968 nbytes=1024", "-EFAULT")
        + """
            0: u64 &19968 => 0x11
            0: u64 &19968 = 0x22
            """
        + write("buf=&19968 nbytes=1024 offset=0", "-EFAULT")
        + read("buf=&8192 nbytes=512", "512")
        + "0: u64 &8192 => 0x22\n");
  }

  /** In a new block zeroing the rest of it loses the fault; what is left goes through the page cache, byte by byte. */
  @Test
  void aFaultInANewBlockEndsInABufferedWrite() {
    everywhere(write("buf=&19200 nbytes=2048", "1280")
        + read("buf=&8192 nbytes=2048", "1280")
        + write("buf=&20224 nbytes=512 offset=4096", "-EFAULT"));
  }

  @Test
  void aWriteThatMustNotWaitNeedsBlocksThatAreNotCached() {
    everywhere(write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", "-EAGAIN")
        + write("buf=&4096 nbytes=4096", "4096")
        + write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", "512")
        + write("buf=&4096 nbytes=100 rwflags=RWF_NOWAIT", "-EINVAL")
        + write("buf=&4096 nbytes=512 offset=4096 rwflags=RWF_NOWAIT", "-EAGAIN")
        + "0: fcntl($fd, 4, 0) => 0\n"
        + read("buf=&8192 nbytes=8", "8")
        + "0: fcntl($fd, 4, DIRECT) => 0\n"
        + write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", "-EAGAIN")
        + write("buf=&4096 nbytes=100", "-EINVAL")
        + write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", "512"));
  }

  /** The end of the file is zeroed in the page cache, which is dirty then. */
  @Test
  void aFailedAppendLeavesTheLastPageDirty() {
    everywhere(write("buf=&4096 nbytes=512", "512")
        + read("buf=&8192 nbytes=512 rwflags=RWF_NOWAIT", "512")
        + write("buf=&4096 nbytes=8 offset=512", "-EINVAL")
        + read("buf=&8192 nbytes=512 rwflags=RWF_NOWAIT", "-EAGAIN")
        + read("buf=&8192 nbytes=512", "512")
        + read("buf=&8192 nbytes=512 rwflags=RWF_NOWAIT", "512"));
  }

  /** What was written through the page cache has no block yet, and the size on the disk is still 0: every write extends it. */
  @Test
  void aFailedWriteBeyondTheSizeOnTheDiskLeavesTheLastPageDirty() {
    for (String size : new String[] {"1024", "4096"}) {
      everywhere("0: fcntl($fd, 4, 0) => 0\n"
          + write("buf=&4096 nbytes=" + size, size)
          + "0: fcntl($fd, 4, DIRECT) => 0\n"
          + write("buf=&20224 nbytes=512", "-EFAULT")
          + write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", size.equals("1024") ? "-EAGAIN" : "512"));
    }
  }

  /** Nothing could be read, neither directly nor through the page cache, which has the page from then on. */
  @Test
  void aWriteWithoutAnyMemoryLeavesThePageCached() {
    everywhere(write("buf=&18432 nbytes=4096", "-EFAULT")
        + write("buf=&4096 nbytes=512 rwflags=RWF_NOWAIT", "-EAGAIN")
        + write("buf=8 nbytes=1 offset=3072", "-EINVAL"));
  }

  @Test
  void onlyFilesThatCanHaveItAreSwitched() {
    everywhere("""
        0: counter = eventfd2(0, NONBLOCK)
        0: fcntl($counter, 4, DIRECT|NONBLOCK) => -EINVAL
        0: write($counter, &4096, 8) => 8
        0: write($fd, &4096, 100) => -EINVAL
        0: fcntl($fd, 4, NONBLOCK) => 0
        0: write($fd, &4096, 100) => 100
        """);
  }
}
