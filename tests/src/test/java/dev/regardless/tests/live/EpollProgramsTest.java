package dev.regardless.tests.live;

import org.junit.jupiter.api.Test;

/** epoll as user programs see it, on every emulated architecture and on the kernel under this machine. */
class EpollProgramsTest {

  private static final String ADD = "0: event 128 events=%s data=%s%n0: epoll_ctl($ep, 1, %s, &128) => %s%n";

  @Test
  void levelEdgeAndOneShot() {
    ScriptBench.everywhere("""
        0: ep = epoll_create1(0)
        0: counter = eventfd2(0, NONBLOCK)
        """ + ADD.formatted("IN", 7, "$counter", 0) + """
        0: epoll_wait($ep, &1024, 4, 0) => 0
        0: u64 &1280 = 1
        0: write($counter, &1280, 8) => 8
        0: epoll_wait($ep, &1024, 4, 0) => 1
        0: u32 &1024 => 1
        0: u64 &1028 => 7
        0: epoll_wait($ep, &1024, 4, 0) => 1
        0: event 128 events=0x80000001 data=8
        0: epoll_ctl($ep, 3, $counter, &128) => 0
        0: epoll_wait($ep, &1024, 4, 0) => 1
        0: u64 &1028 => 8
        0: epoll_wait($ep, &1024, 4, 0) => 0
        0: event 128 events=0x40000005 data=9
        0: epoll_ctl($ep, 3, $counter, &128) => 0
        0: epoll_wait($ep, &1024, 4, 0) => 1
        0: u32 &1024 => 5
        0: write($counter, &1280, 8) => 8
        0: epoll_wait($ep, &1024, 4, 0) => 0
        0: epoll_ctl($ep, 2, $counter, 0) => 0
        0: epoll_ctl($ep, 2, $counter, 0) => -2
        """);
  }

  @Test
  void errorsInOrder() {
    ScriptBench.everywhere("""
        0: epoll_create1(1) => -EINVAL
        0: ep = epoll_create1(0)
        0: counter = eventfd2(0, NONBLOCK)
        0: regular = open_tmpfile(RDWR)
        0: event 128 events=IN data=7
        0: epoll_ctl(-1, 1, -1, 8) => -EFAULT
        0: epoll_ctl(-1, 1, -1, &128) => -EBADF
        0: epoll_ctl($ep, 1, -1, &128) => -EBADF
        0: epoll_ctl($counter, 9, $regular, &128) => -EPERM
        0: epoll_ctl($counter, 1, $counter, &128) => -EINVAL
        0: epoll_ctl($ep, 1, $ep, &128) => -EINVAL
        0: epoll_ctl($ep, 9, $counter, &128) => -EINVAL
        0: epoll_ctl($ep, 3, $counter, &128) => -2
        0: epoll_ctl($ep, 1, $counter, &128) => 0
        0: epoll_ctl($ep, 1, $counter, &128) => -17
        0: epoll_wait(-1, -1, 0, 0) => -EBADF
        0: epoll_wait($counter, -1, 0, 0) => -EINVAL
        0: epoll_wait($counter, -1, 1, 0) => -EFAULT
        0: epoll_wait($counter, &1024, 1, 0) => -EINVAL
        0: u64 &1280 = 1
        0: write($counter, &1280, 8) => 8
        0: epoll_wait($ep, &4088, 1, 0) => -EFAULT
        0: epoll_wait($ep, &1024, 1, 0) => 1
        """);
  }

  /** Polled by poll(2), by aio and by another epoll; nobody sees more than IN and RDNORM of it. */
  @Test
  void anEpollFileIsPolledItself() {
    ScriptBench.everywhere("""
        0: ep = epoll_create1(0)
        0: outer = epoll_create1(0)
        0: counter = eventfd2(0, NONBLOCK)
        0: event 128 events=IN data=7
        0: epoll_ctl($ep, 1, $counter, &128) => 0
        0: event 128 events=IN data=8
        0: epoll_ctl($outer, 1, $ep, &128) => 0
        0: epoll_ctl($ep, 1, $outer, &128) => -40
        0: io_setup(1, &0) -> &0 x 1 => 0
        0: u64 &640 = &192
        0: timespec 704
        0: iocb 192 opcode=POLL fd=$ep buf=IN
        0: io_submit([0], 1, &640) => 1
        0: pollfd 896 fd=$ep events=IN
        0: poll(&896, 1, 0) => 0
        0: io_getevents([0], 0, 1, &1024, &704) => 0
        0: u64 &1280 = 1
        0: write($counter, &1280, 8) => 8
        0: poll(&896, 1, 0) => 1
        0: u16 &902 => 1
        0: io_getevents([0], 1, 1, &1024, &704) => 1
        0: u64 &1040 => 1
        0: epoll_wait($outer, &1024, 4, 0) => 1
        0: u64 &1028 => 8
        0: close($counter) => 0
        0: poll(&896, 1, 0) => 0
        0: epoll_wait($outer, &1024, 4, 0) => 0
        """);
  }

  @Test
  void aSleeperWakesOrTimesOut() {
    ScriptBench.everywhere("""
        0: ep = epoll_create1(0)
        0: pipe2(&64, NONBLOCK) => 0
        """ + ADD.formatted("IN", 7, "{64}", 0) + """
        0: epoll_wait($ep, &1024, 4, 1) => 0
        1: start epoll_wait($ep, &1024, 4, 300) => 1
        0: write({68}, &1280, 1) => 1
        1: u32 &1024 => 1
        0: read({64}, &1280, 1) => 1
        1: start epoll_wait($ep, &1024, 4, -1) => 1
        0: close({68}) => 0
        1: u32 &1024 => 16
        """);
  }
}
