package dev.regardless.tests.drivers;

import dev.regardless.drivers.FilePair;
import dev.regardless.drivers.TcpSocket;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The socket row of TCP: one queue; keys of data, space, error and state change; the mask of tcp_poll. */
class TcpSocketTest {

  private static final UserBuffer WORD = UserBuffer.constant(8, 0);

  private static TcpSocket sockets(Vfs vfs) {
    return new TcpSocket(vfs, 96);
  }

  @Test
  void dataAndSpace() {
    DriverBench.run(TcpSocketTest::sockets, (bench, sockets) -> {
      FilePair pair = sockets.openPair(OpenFlags.NONBLOCK);
      PollRecorder onSender = bench.recorder();
      PollRecorder onReceiver = bench.recorder();
      bench.expect("idle", "104", bench.poll(pair.first(), onSender));
      bench.expect("queues", 1, onSender.queues());
      bench.poll(pair.second(), onReceiver);
      bench.expect("nothing", (long) -Errno.EAGAIN, bench.calls.read(pair.second(), WORD));
      bench.expect("64 bytes", 64L, bench.calls.write(pair.first(), UserBuffer.constant(64, 0)));
      bench.expect("data", "0:c3", onReceiver.wakes());
      bench.expect("readable", "145", bench.poll(pair.second()));
      bench.expect("two thirds: still writable", "104", bench.poll(pair.first()));
      bench.expect("8 more", 8L, bench.calls.write(pair.first(), WORD));
      bench.expect("read", 16L, bench.calls.read(pair.second(), UserBuffer.constant(16, 0)));
      bench.expect("nobody was refused: no wake", "", onSender.wakes());
      bench.expect("short", 40L, bench.calls.write(pair.first(), UserBuffer.constant(64, 0)));
      bench.expect("full", "0", bench.poll(pair.first()));
      bench.expect("refused", (long) -Errno.EAGAIN, bench.calls.write(pair.first(), WORD));
      bench.calls.read(pair.second(), UserBuffer.constant(16, 0));
      bench.expect("not enough yet", "", onSender.wakes());
      bench.calls.read(pair.second(), UserBuffer.constant(16, 0));
      bench.expect("space", "0:304", onSender.wakes());
      bench.expect("writable", "104", bench.poll(pair.first()));
      onSender.leave();
      onReceiver.leave();
      bench.vfs.fputSync(pair.first());
      bench.vfs.fputSync(pair.second());
    });
  }

  @Test
  void shutdownAndClose() {
    DriverBench.run(TcpSocketTest::sockets, (bench, sockets) -> {
      FilePair pair = sockets.openPair(OpenFlags.NONBLOCK);
      PollRecorder onSecond = bench.recorder();
      bench.poll(pair.second(), onSecond);
      sockets.shutdownSend(pair.first());
      bench.expect("FIN: state change", "0:0", onSecond.wakes());
      bench.expect("half closed", "2145", bench.poll(pair.second()));
      bench.expect("the other half", "104", bench.poll(pair.first()));
      bench.expect("end of file", 0L, bench.calls.read(pair.second(), WORD));
      bench.expect("cannot send", (long) -Errno.EPIPE, bench.calls.write(pair.first(), WORD));
      sockets.shutdownSend(pair.second());
      bench.expect("both ways", "2155", bench.poll(pair.second()));
      onSecond.leave();
      bench.vfs.fputSync(pair.first());
      bench.vfs.fputSync(pair.second());
    });
  }

  @Test
  void errorsAndUrgentData() {
    DriverBench.run(TcpSocketTest::sockets, (bench, sockets) -> {
      FilePair pair = sockets.openPair(OpenFlags.NONBLOCK);
      PollRecorder onFirst = bench.recorder();
      bench.poll(pair.first(), onFirst);
      sockets.receiveUrgent(pair.first());
      bench.expect("urgent", "0:c3", onFirst.wakes());
      bench.expect("PRI", "106", bench.poll(pair.first()));
      bench.calls.write(pair.first(), WORD);
      bench.vfs.fputSync(pair.second());
      bench.expect("reset: state, then error", "0:0 0:8", onFirst.wakes());
      bench.expect("reset", "215f", bench.poll(pair.first()));
      bench.expect("error", (long) -Errno.ECONNRESET, bench.calls.read(pair.first(), WORD));
      bench.expect("once", 0L, bench.calls.read(pair.first(), WORD));
      onFirst.leave();
      bench.vfs.fputSync(pair.first());
    });
  }
}
