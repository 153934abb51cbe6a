package dev.regardless.aio.workload;

import dev.regardless.machine.Ordering;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserPages;

/** The programs that run beside the pollers until the last of those has left. */
final class Helpers {

  private Helpers() {}

  /** Makes files ready, one after the other in an order of its own. */
  static Runnable writer(Workplace place, int index) {
    AioWorkloadParameters parameters = place.parameters();
    return () -> {
      place.await(place.control().started, 1);
      long state = parameters.seed() * 37 + 1_000 + index;
      while (place.pollersRun()) {
        state = Workplace.next(state);
        long result = place.sources().get(Workplace.pick(state, parameters.fileCount())).makeReady();
        // A closer may be between closing a pipe's two ends, or the file's only one.
        boolean closed = parameters.closers() > 0 && (result == -Errno.EBADF || result == -Errno.EPIPE);
        if (result < 0 && result != -Errno.EAGAIN && !closed) {
          place.unexpected("making a file ready", result);
        }
        place.pause(parameters.writerPause());
      }
      leave(place);
    };
  }

  /** Cancels requests picked at random, in flight or not. */
  static Runnable canceller(Workplace place, int index) {
    AioWorkloadParameters parameters = place.parameters();
    return () -> {
      place.await(place.control().started, 1);
      long state = parameters.seed() * 41 + 2_000 + index;
      while (place.pollersRun()) {
        state = Workplace.next(state);
        int poller = Workplace.pick(state, parameters.pollers());
        state = Workplace.next(state);
        int slot = Workplace.pick(state, parameters.depth());
        long result = place.aio().ioCancel(
            place.handle(poller % parameters.contexts()), place.iocbAddress(poller, slot));
        if (result != -Errno.EINPROGRESS && result != -Errno.EINVAL) {
          place.unexpected("io_cancel", result);
        }
        place.pause(parameters.cancellerPause());
      }
      leave(place);
    };
  }

  /** Closes files and opens them anew, those whose number leaves {@code index} when divided by the number of closers. */
  static Runnable closer(Workplace place, int index) {
    AioWorkloadParameters parameters = place.parameters();
    return () -> {
      place.await(place.control().started, 1);
      long state = parameters.seed() * 43 + 3_000 + index;
      int mine = (parameters.fileCount() - index + parameters.closers() - 1) / parameters.closers();
      while (place.pollersRun()) {
        state = Workplace.next(state);
        PollSource source = place.sources().get(index + parameters.closers() * Workplace.pick(state, mine));
        long result = source.close();
        if (result != 0) {
          place.unexpected("close", result);
        }
        int fd = source.open();
        if (fd < 0) {
          place.unexpected("open", fd);
        }
        place.pause(parameters.closerPause());
      }
      leave(place);
    };
  }

  /** Takes events of one context. */
  static Runnable reaper(Workplace place, int index, UserPages buffer) {
    AioWorkloadParameters parameters = place.parameters();
    Reaping reaping = new Reaping(place, index % parameters.contexts(), buffer);
    return () -> {
      place.await(place.control().started, 1);
      reaping.start();
      SlotStack none = new SlotStack(0);
      while (place.pollersRun() && reaping.reap(parameters.reapMinimum(), none, -1) >= 0) {
        // goes on
      }
      leave(place);
    };
  }

  private static void leave(Workplace place) {
    place.control().programsLeft.fetchSub(1, Ordering.RELEASE);
  }
}
