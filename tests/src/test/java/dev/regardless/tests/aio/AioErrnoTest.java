package dev.regardless.tests.aio;

import static dev.regardless.vfs.Errno.EAGAIN;
import static dev.regardless.vfs.Errno.EBADF;
import static dev.regardless.vfs.Errno.EFAULT;
import static dev.regardless.vfs.Errno.EINPROGRESS;
import static dev.regardless.vfs.Errno.EINVAL;

import dev.regardless.aio.AioParameters;
import dev.regardless.aio.CompletionRing;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.IocbLayout;
import dev.regardless.vfs.PollEvents;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every aio call's errors in the kernel's order (fs/aio.c 5.17), then what a poll reports. */
class AioErrnoTest {

  private static final long WILD = 0x7777_0000_0000L;
  private static final AioParameters LIMITED = new AioParameters(4096, 300, 0);

  private static Iocb poll(int fd) {
    return Iocb.poll(7, fd, PollEvents.IN);
  }

  private static Iocb poll(int fd, int opcode, long buf, long nbytes, long offset, long reserved2, int rwFlags) {
    return new Iocb(7, rwFlags, opcode, 0, fd, buf, nbytes, offset, reserved2, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioSetup(String design) {
    AioBench.run(design, LIMITED, bench -> {
      bench.expect("wild pointer before bad number", -EFAULT, bench.aio.ioSetup(0, WILD));
      bench.expect("number 0", -EINVAL, bench.aio.ioSetup(0, bench.address(0)));
      bench.memory.word(0).write(1);
      bench.expect("handle not 0", -EINVAL, bench.aio.ioSetup(1, bench.address(0)));
      bench.memory.word(0).write(0);
      bench.expect("far too many", -EINVAL, bench.aio.ioSetup(-1000, bench.address(0)));
      bench.expect("doubling wraps to 0", -EAGAIN, bench.aio.ioSetup(0x8000_0000, bench.address(0)));
      bench.expect("more than aio-max-nr", -EAGAIN, bench.aio.ioSetup(301, bench.address(0)));
      long first = bench.setUp(200);
      bench.memory.word(0).write(0);
      bench.expect("together more than aio-max-nr", -EAGAIN, bench.aio.ioSetup(101, bench.address(0)));
      long second = bench.setUp(100);
      bench.memory.word(0).write(second);
      bench.expect("same handle again", -EINVAL, bench.aio.ioSetup(1, bench.address(0)));
      bench.expect("destroy", 0, bench.aio.ioDestroy(first));
      bench.expect("destroy again", -EINVAL, bench.aio.ioDestroy(first));
      bench.expect("destroy", 0, bench.aio.ioDestroy(second));
      bench.expect("destroy nothing", -EINVAL, bench.aio.ioDestroy(0));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioSubmit(String design) {
    AioBench.run(design, AioParameters.DEFAULT, bench -> {
      long handle = bench.setUp(1);
      int fd = bench.openEventfd(0);
      bench.expect("negative count before bad context", -EINVAL, bench.aio.ioSubmit(WILD, -1, WILD));
      bench.expect("bad context, nothing to do", -EINVAL, bench.aio.ioSubmit(WILD, 0, WILD));
      bench.expect("nothing to do", 0, bench.aio.ioSubmit(handle, 0, WILD));
      bench.expect("wild array", -EFAULT, bench.aio.ioSubmit(handle, 1, WILD));
      bench.memory.word(AioBench.POINTERS).write(WILD);
      bench.expect("wild iocb", -EFAULT, bench.aio.ioSubmit(handle, 1, bench.address(AioBench.POINTERS)));
      int poll = IocbLayout.IOCB_CMD_POLL;
      bench.expect("reserved2 before EBADF", -EINVAL, bench.submit(handle, poll(-1, poll, 1, 0, 0, 1, 0)));
      bench.expect("nbytes negative", -EINVAL, bench.submit(handle, poll(-1, poll, 1, -1, 0, 0, 0)));
      bench.expect("EBADF before opcode", -EBADF, bench.submit(handle, poll(-1, 4, 1, 0, 0, 0, 0)));
      bench.expect("EBADF before arguments", -EBADF, bench.submit(handle, poll(-1, poll, 1 << 16, 0, 0, 0, 0)));
      bench.expect("resfd not open", -EBADF, bench.submit(handle, poll(fd).withResfd(9)));
      bench.expect("unknown opcode", -EINVAL, bench.submit(handle, poll(fd, 4, 1, 0, 0, 0, 0)));
      bench.expect("NOOP", -EINVAL, bench.submit(handle, poll(fd, IocbLayout.IOCB_CMD_NOOP, 1, 0, 0, 0, 0)));
      bench.expect("events beyond 16 bits", -EINVAL, bench.submit(handle, poll(fd, poll, 1 << 16, 0, 0, 0, 0)));
      bench.expect("offset", -EINVAL, bench.submit(handle, poll(fd, poll, 1, 0, 1, 0, 0)));
      bench.expect("nbytes", -EINVAL, bench.submit(handle, poll(fd, poll, 1, 1, 0, 0, 0)));
      bench.expect("rw_flags", -EINVAL, bench.submit(handle, poll(fd, poll, 1, 0, 0, 0, 1)));
      bench.expect("no event of all these", 0, bench.events(handle, 4));
      bench.store(0, poll(fd));
      bench.store(1, poll(-1));
      bench.expect("one good, one bad", 1, bench.aio.ioSubmit(handle, 2, bench.address(AioBench.POINTERS)));
      bench.expect("destroy with a poll pending", 0, bench.aio.ioDestroy(handle));
      bench.expect("close", 0, bench.calls.close(fd));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void ioCancelAndEvents(String design) {
    AioBench.run(design, AioParameters.DEFAULT, bench -> {
      long handle = bench.setUp(4);
      int fd = bench.openEventfd(0);
      int target = bench.openEventfd(0);
      bench.expect("wild iocb before bad context", -EFAULT, bench.aio.ioCancel(WILD, WILD));
      long iocb = bench.store(0, poll(fd).withResfd(target));
      bench.expect("key 99", -EINVAL, bench.aio.ioCancel(handle, iocb));
      bench.expect("submit", 1, bench.aio.ioSubmit(handle, 1, bench.address(AioBench.POINTERS)));
      bench.expect("bad context", -EINVAL, bench.aio.ioCancel(WILD, iocb));
      bench.expect("cancel", -EINPROGRESS, bench.aio.ioCancel(handle, iocb));
      bench.expect("cancel again", -EINVAL, bench.aio.ioCancel(handle, iocb));
      bench.expect("wait for it", 1, bench.aio.ioGetevents(handle, 1, 4, bench.address(AioBench.EVENTS), 0));
      bench.expect("obj", iocb, bench.event(0, 1));
      bench.expect("data", 7, bench.event(0, 0));
      bench.expect("a cancelled poll has no events", 0, bench.event(0, 2));
      bench.expect("resfd was signalled", 8, bench.calls.read(target, dev.regardless.vfs.UserBuffer.constant(8, 0)));
      bench.expect("submit", 1, bench.submit(handle, poll(fd)));
      bench.expect("not ready", 0, bench.events(handle, 4));
      bench.expect("write", 8, bench.signal(fd));
      bench.expect("ready", 1, bench.events(handle, 4));
      bench.expect("IN", PollEvents.IN, bench.event(0, 2));
      bench.expect("res2", 0, bench.event(0, 3));
      bench.expect("submit ready", 1, bench.submit(handle, poll(fd)));
      bench.expect("at once", 1, bench.events(handle, 4));
      bench.expect("IN", PollEvents.IN, bench.event(0, 2));
      bench.expect("close", 0, bench.calls.close(fd));
      bench.expect("close", 0, bench.calls.close(target));
      bench.expect("destroy", 0, bench.aio.ioDestroy(handle));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16"})
  void ioGetevents(String design) {
    AioBench.run(design, AioParameters.DEFAULT, bench -> {
      long handle = bench.setUp(4);
      int fd = bench.openEventfd(1);
      long buffer = bench.address(AioBench.EVENTS);
      bench.expect("wild timeout before bad context", -EFAULT, bench.aio.ioGetevents(WILD, 0, 1, buffer, WILD));
      bench.expect("bad context", -EINVAL, bench.aio.ioGetevents(WILD, 0, 1, buffer, 0));
      bench.expect("minimum above most", -EINVAL, bench.aio.ioGetevents(handle, 2, 1, buffer, 0));
      bench.expect("negative minimum", -EINVAL, bench.aio.ioGetevents(handle, -1, 1, buffer, 0));
      bench.expect("nothing there", 0, bench.events(handle, 1));
      bench.expect("submit", 1, bench.submit(handle, poll(fd)));
      bench.expect("wild buffer", -EFAULT, bench.aio.ioGetevents(handle, 1, 1, WILD, 0));
      bench.expect("still there", 1, bench.aio.ioGetevents(handle, 1, 1, buffer, 0));
      bench.memory.word(AioBench.TIMESPEC).write(0);
      bench.memory.word(AioBench.TIMESPEC + 1).write(5_000);
      bench.expect("timeout", 0, bench.aio.ioGetevents(handle, 1, 1, buffer, bench.address(AioBench.TIMESPEC)));
      bench.expect("close", 0, bench.calls.close(fd));
      bench.expect("destroy", 0, bench.aio.ioDestroy(handle));
    });
  }

  /**
   * A program that reaps by itself may leave anything in the ring's head: user_refill_reqs_available takes it modulo the
   * number of events, and gives back as many slots as have left the ring by that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.0", "linux-5.1", "linux-5.16", "viro-2019", "torvalds-2019"})
  void theHeadIsClamped(String design) {
    // Head, as 32 bits; slots that come back of 4, with the tail at 4 and rings of 5 events.
    for (long[] row : new long[][] {{0, 0}, {1, 1}, {4, 4}, {5, 0}, {7, 2}, {5003, 3}, {0xffff_ffffL, 0},
        {0xffff_fffeL, 4}}) {
      AioBench.run(design, AioParameters.DEFAULT.withRingEvents(5), bench -> {
        long handle = bench.setUp(1);
        int fd = bench.openEventfd(1);
        for (int i = 0; i < 4; i++) {
          bench.expect("submit " + i, 1, bench.submit(handle, poll(fd)));
        }
        CompletionRing ring = Objects.requireNonNull(bench.mm.ringAt(handle));
        ring.head.write(row[0]);
        for (int i = 0; i < row[1]; i++) {
          bench.expect("head %d, slot %d".formatted(row[0], i), 1, bench.submit(handle, poll(fd)));
        }
        bench.expect("head %d, full".formatted(row[0]), -EAGAIN, bench.submit(handle, poll(fd)));
        // io_getevents clamps too, and finds everything up to the tail.
        bench.expect("head %d, events".formatted(row[0]), 4, bench.events(handle, 8));
        bench.expect("close", 0, bench.calls.close(fd));
        bench.expect("destroy", 0, bench.aio.ioDestroy(handle));
      });
    }
  }

  /** Slots come back only when the ring's head moves: 5 events, hence 4 slots, with nobody reaping. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-5.1", "linux-5.16", "viro-2019"})
  void aFullRingRefuses(String design) {
    AioBench.run(design, AioParameters.DEFAULT.withRingEvents(5), bench -> {
      long handle = bench.setUp(1);
      int fd = bench.openEventfd(1);
      for (int i = 0; i < 4; i++) {
        bench.expect("submit " + i, 1, bench.submit(handle, poll(fd)));
      }
      bench.expect("ring full", -EAGAIN, bench.submit(handle, poll(fd)));
      bench.expect("ring full before EBADF", -EAGAIN, bench.submit(handle, poll(-1)));
      bench.expect("ring full before resfd", -EAGAIN, bench.submit(handle, poll(fd).withResfd(9)));
      int poll = IocbLayout.IOCB_CMD_POLL;
      bench.expect("reserved2 before ring full", -EINVAL, bench.submit(handle, poll(fd, poll, 1, 0, 0, 1, 0)));
      bench.expect("nbytes before ring full", -EINVAL, bench.submit(handle, poll(fd, poll, 1, -1, 0, 0, 0)));
      bench.memory.word(AioBench.POINTERS).write(WILD);
      bench.expect("iocb before ring full", -EFAULT, bench.aio.ioSubmit(handle, 1, bench.address(AioBench.POINTERS)));
      bench.expect("reap two", 2, bench.events(handle, 2));
      bench.expect("room again", 1, bench.submit(handle, poll(fd)));
      bench.expect("room again", 1, bench.submit(handle, poll(fd)));
      bench.expect("ring full", -EAGAIN, bench.submit(handle, poll(fd)));
      bench.expect("reap all, round the end", 4, bench.events(handle, 8));
      bench.expect("close", 0, bench.calls.close(fd));
      bench.expect("destroy", 0, bench.aio.ioDestroy(handle));
    });
  }
}
