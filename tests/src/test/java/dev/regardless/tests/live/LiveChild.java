package dev.regardless.tests.live;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process that fork(2) made of this one, to run some steps of a program and exit. It has this thread only, hence neither
 * collector nor compiler: it must be short. What it found out it leaves in memory that both share.
 */
final class LiveChild {

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_ANONYMOUS = 0x21;
  private static final int SIGKILL = 9;
  private static final int FAILED = 98;
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final long QUIET_NANOS = 50_000_000;
  private static final int ENTRY = 16;

  /** The child did not do its part in time: because of the kernel, or because this process is no good parent. */
  static final class ChildHangs extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChildHangs(String what) {
      super(what);
    }
  }

  private final MemorySegment shared;
  private final long address;
  private final long bytes;
  private long pid;
  private long status = -1;

  private LiveChild(int steps) {
    bytes = (steps * (long) ENTRY / LinuxKernel.PAGE + 1) * LinuxKernel.PAGE;
    address = LinuxKernel.call("mmap", 0, bytes, PROT_READ_WRITE, MAP_SHARED_ANONYMOUS, -1, 0);
    shared = LinuxKernel.memory(address, bytes);
  }

  /** Forks; {@code body} runs in the child, which exits after it at the latest. */
  static LiveChild fork(int steps, Consumer<LiveChild> body) {
    LiveChild child = new LiveChild(steps);
    // A lock that a compiler thread holds now stays held in the child for ever.
    LockSupport.parkNanos(QUIET_NANOS);
    child.pid = LinuxKernel.call("fork");
    if (child.pid == 0) {
      try {
        body.accept(child);
      } finally {
        LinuxKernel.call("exit_group", FAILED);
      }
    }
    if (child.pid < 0) {
      throw new IllegalStateException("fork returned " + child.pid);
    }
    return child;
  }

  /** By the child: what a step returned. */
  void set(int step, long result) {
    shared.set(ValueLayout.JAVA_LONG, step * (long) ENTRY + 8, result);
    shared.set(ValueLayout.JAVA_LONG, step * (long) ENTRY, 1);
  }

  /** What a step of the child returned. */
  long result(int step) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (shared.get(ValueLayout.JAVA_LONG, step * (long) ENTRY) == 0) {
      if (System.nanoTime() > until) {
        throw new ChildHangs("step " + step + " of a forked process did not end");
      }
      LockSupport.parkNanos(100_000);
    }
    return shared.get(ValueLayout.JAVA_LONG, step * (long) ENTRY + 8);
  }

  /** wait4: the status that the child exited with; waits for that. */
  long status() {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (status < 0) {
      if (System.nanoTime() > until) {
        throw new ChildHangs("a forked process did not exit");
      }
      reap(1);
    }
    return status;
  }

  private void reap(int options) {
    long place = address + bytes - 8;
    if (LinuxKernel.call("wait4", pid, place, options, 0) == pid) {
      status = LinuxKernel.memory(place, 4).get(ValueLayout.JAVA_INT, 0) >> 8 & 0xff;
    } else {
      LockSupport.parkNanos(100_000);
    }
  }

  /** Kills it, if it is still there, and forgets it. */
  void end() {
    if (status < 0) {
      LinuxKernel.call("kill", pid, SIGKILL);
      reap(0);
    }
    LinuxKernel.call("munmap", address, bytes);
  }
}
