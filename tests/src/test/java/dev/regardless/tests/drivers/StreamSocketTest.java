package dev.regardless.tests.drivers;

import dev.regardless.drivers.StreamSocket;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.Vfs;
import org.junit.jupiter.api.Test;

/** The socket rows: one queue; keys of data, space, error and state change; the mask of a unix stream socket. */
class StreamSocketTest {

  private static final UserBuffer WORD = UserBuffer.constant(8, 0);

  private static StreamSocket sockets(Vfs vfs) {
    return new StreamSocket(vfs, 64);
  }

  @Test
  void dataAndSpace() {
    DriverBench.run(StreamSocketTest::sockets, (bench, sockets) -> {
      File left = sockets.openPair(OpenFlags.NONBLOCK);
      File right = sockets.peer(left, OpenFlags.NONBLOCK);
      PollRecorder onLeft = bench.recorder();
      PollRecorder onRight = bench.recorder();
      bench.expect("idle", "304", bench.poll(left, onLeft));
      bench.poll(right, onRight);
      bench.expect("queues", 1, onLeft.queues());
      bench.expect("nothing", (long) -Errno.EAGAIN, bench.calls.read(right, WORD));
      bench.calls.write(left, WORD);
      bench.expect("data, receiver", "0:c3", onRight.wakes());
      bench.expect("data, sender", "", onLeft.wakes());
      bench.expect("readable", "345", bench.poll(right));
      bench.calls.write(left, UserBuffer.constant(16, 0));
      bench.expect("over a quarter in flight", "0", bench.poll(left));
      bench.expect("partial read", 8L, bench.calls.read(right, WORD));
      bench.expect("space, sender", "0:304", onLeft.wakes());
      bench.expect("space again", "304", bench.poll(left));
      bench.calls.write(left, UserBuffer.constant(56, 0));
      bench.expect("full", (long) -Errno.EAGAIN, bench.calls.write(left, WORD));
      onLeft.leave();
      onRight.leave();
      bench.vfs.fputSync(left);
      bench.vfs.fputSync(right);
    });
  }

  @Test
  void shutdownAndClose() {
    DriverBench.run(StreamSocketTest::sockets, (bench, sockets) -> {
      File left = sockets.openPair(OpenFlags.NONBLOCK);
      File right = sockets.peer(left, OpenFlags.NONBLOCK);
      PollRecorder onRight = bench.recorder();
      bench.poll(right, onRight);
      sockets.shutdown(left, StreamSocket.SEND);
      bench.expect("state change", "0:0", onRight.wakes());
      bench.expect("half closed", "2345", bench.poll(right));
      bench.expect("end of file", 0L, bench.calls.read(right, WORD));
      bench.expect("cannot send", (long) -Errno.EPIPE, bench.calls.write(left, WORD));
      bench.expect("other way", 8L, bench.calls.write(right, WORD));
      bench.vfs.fputSync(left);
      bench.expect("close", "0:0", onRight.wakes());
      bench.expect("closed with unread data", "235d", bench.poll(right));
      bench.expect("reset", (long) -Errno.ECONNRESET, bench.calls.read(right, WORD));
      bench.expect("then end of file", 0L, bench.calls.read(right, WORD));
      onRight.leave();
      bench.vfs.fputSync(right);
    });
  }

  @Test
  void errors() {
    DriverBench.run(StreamSocketTest::sockets, (bench, sockets) -> {
      File left = sockets.openPair(OpenFlags.NONBLOCK);
      File right = sockets.peer(left, OpenFlags.NONBLOCK);
      PollRecorder onLeft = bench.recorder();
      bench.poll(left, onLeft);
      sockets.fail(left, Errno.ETIMEDOUT);
      bench.expect("error", "0:8", onLeft.wakes());
      bench.expect("mask", "30c", bench.poll(left));
      bench.expect("read", (long) -Errno.ETIMEDOUT, bench.calls.read(left, WORD));
      bench.expect("reported once", "304", bench.poll(left));
      onLeft.leave();
      bench.vfs.fputSync(left);
      bench.vfs.fputSync(right);
    });
  }
}
