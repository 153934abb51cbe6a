package dev.regardless.tests.live;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Raw system calls of the Linux that this runs on: syscall(2) of the C library, errors as negated errnos. */
final class LinuxKernel {

  static final int F_DUPFD = 0;
  static final long PAGE = 4096;
  static final int AT_FDCWD = -100;
  static final int O_TMPFILE = 0x41_0000;
  private static final int O_RDWR = 2;
  private static final int O_DIRECT = 0x4000;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_DIOALIGN = 0x2000;
  private static final long EXT4_SUPER_MAGIC = 0xef53;

  private static final Map<String, Integer> X86 = Map.ofEntries(
      Map.entry("read", 0), Map.entry("write", 1), Map.entry("close", 3), Map.entry("poll", 7), Map.entry("mmap", 9),
      Map.entry("mprotect", 10), Map.entry("munmap", 11), Map.entry("mremap", 25), Map.entry("shutdown", 48),
      Map.entry("getpid", 39), Map.entry("socketpair", 53), Map.entry("fork", 57), Map.entry("wait4", 61),
      Map.entry("kill", 62), Map.entry("fstatfs", 138), Map.entry("setrlimit", 160), Map.entry("gettid", 186),
      Map.entry("fadvise64", 221), Map.entry("exit_group", 231), Map.entry("tgkill", 234), Map.entry("fsopen", 430),
      Map.entry("fsconfig", 431), Map.entry("fsmount", 432), Map.entry("fcntl", 72), Map.entry("fsync", 74),
      Map.entry("fdatasync", 75),
      Map.entry("ftruncate", 77), Map.entry("capget", 125), Map.entry("capset", 126), Map.entry("io_setup", 206),
      Map.entry("io_destroy", 207),
      Map.entry("io_getevents", 208), Map.entry("io_submit", 209), Map.entry("io_cancel", 210),
      Map.entry("openat", 257), Map.entry("timerfd_create", 283), Map.entry("timerfd_settime", 286),
      Map.entry("eventfd2", 290), Map.entry("epoll_create1", 291), Map.entry("pipe2", 293),
      Map.entry("epoll_ctl", 233), Map.entry("epoll_wait", 232), Map.entry("io_pgetevents", 333),
      Map.entry("close_range", 436), Map.entry("statx", 332), Map.entry("vmsplice", 278));

  private static final MethodHandle SYSCALL;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  static {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    SYSCALL = linker.downcallHandle(
        linker.defaultLookup().find("syscall").orElseThrow(),
        FunctionDescriptor.of(word, word, word, word, word, word, word, word),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }

  /** Each thread's place for errno. */
  private static final ThreadLocal<MemorySegment> CAPTURED = ThreadLocal
      .withInitial(() -> Arena.ofAuto().allocate(STATE));

  private LinuxKernel() {}

  /** Whether this kernel has aio polls; empty if so, else why it cannot be used. */
  static String unavailable() {
    String system = System.getProperty("os.name") + ' ' + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      return "no live kernel: this is " + system + ", system call numbers are known for Linux amd64";
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(8, 8);
      long setUp = call("io_setup", 1, handle.address());
      if (setUp != 0) {
        return "no live kernel: io_setup returned " + setUp + " (seccomp, or CONFIG_AIO is off)";
      }
      MemorySegment iocb = arena.allocate(64, 8);
      MemorySegment pointer = arena.allocate(8, 8);
      long fd = call("eventfd2", 1, 0);
      iocb.set(ValueLayout.JAVA_SHORT, 16, (short) 5);
      iocb.set(ValueLayout.JAVA_INT, 20, (int) fd);
      iocb.set(ValueLayout.JAVA_LONG, 24, 1);
      pointer.set(ValueLayout.JAVA_LONG, 0, iocb.address());
      long context = handle.get(ValueLayout.JAVA_LONG, 0);
      long submitted = call("io_submit", context, 1, pointer.address());
      call("io_destroy", context);
      call("close", fd);
      return submitted == 1 ? "" : "no live kernel: io_submit of a poll returned " + submitted;
    }
  }

  /** Whether the calling thread has a capability, by number. */
  static boolean hasCapability(int number) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(8, 8);
      MemorySegment sets = arena.allocate(24, 8);
      header.set(ValueLayout.JAVA_INT, 0, 0x2008_0522);
      return call("capget", header.address(), sets.address()) == 0
          && (sets.get(ValueLayout.JAVA_INT, number / 32 * 12L) >> number % 32 & 1) != 0;
    }
  }

  /** Whether a folder is on ext4 with blocks of a page: struct statfs begins with type and block size. */
  static boolean isExt4(String folder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(256, 8);
      long fd = call("openat", AT_FDCWD, arena.allocateFrom(folder).address(), 0, 0);
      long result = call("fstatfs", fd, answer.address());
      call("close", fd);
      return result == 0 && answer.get(ValueLayout.JAVA_LONG, 0) == EXT4_SUPER_MAGIC
          && answer.get(ValueLayout.JAVA_LONG, 8) == PAGE;
    }
  }

  /** What O_DIRECT transfers of a file must be aligned to, offsets and lengths first; 0 and 0 if there are none. */
  record DirectAlignment(int block, int memory) {}

  /** STATX_DIOALIGN of an unnamed file in a folder. */
  static DirectAlignment directAlignment(String folder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(256, 8);
      long fd = call("openat", AT_FDCWD, arena.allocateFrom(folder).address(), O_TMPFILE | O_DIRECT | O_RDWR, 0600);
      if (fd < 0) {
        return new DirectAlignment(0, 0);
      }
      long result = call("statx", fd, arena.allocateFrom("").address(), AT_EMPTY_PATH, STATX_DIOALIGN,
          answer.address());
      call("close", fd);
      boolean known = result == 0 && (answer.get(ValueLayout.JAVA_INT, 0) & STATX_DIOALIGN) != 0;
      return known
          ? new DirectAlignment(answer.get(ValueLayout.JAVA_INT, 156), answer.get(ValueLayout.JAVA_INT, 152))
          : new DirectAlignment(0, 0);
    }
  }

  /** Why there is no O_DIRECT in the temporary folder; empty if there is. */
  static String refusesDirect() {
    String folder = System.getProperty("java.io.tmpdir", ".");
    return directAlignment(folder).block() > 0
        ? ""
        : "no O_DIRECT: " + folder + " refuses it, or does not say how to align it";
  }

  /** Whether a thread of this process sleeps in a system call; also if that cannot be seen. */
  static boolean sleepsIn(String name, long tid) {
    try {
      String state = Files.readString(Path.of("/proc/self/task/" + tid + "/syscall"));
      return state.startsWith(X86.getOrDefault(name, -1) + " ");
    } catch (IOException e) {
      return true;
    }
  }

  /** A system call by name. */
  static long call(String name, long... arguments) {
    Integer number = X86.get(name);
    if (number == null) {
      throw new IllegalArgumentException("no number is known for " + name);
    }
    long[] six = java.util.Arrays.copyOf(arguments, 6);
    MemorySegment captured = CAPTURED.get();
    try {
      long result = (long) SYSCALL.invokeExact(
          captured, (long) number, six[0], six[1], six[2], six[3], six[4], six[5]);
      return result == -1 ? -(long) (int) ERRNO.get(captured, 0L) : result;
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Lets a signal be handled by a function that does nothing: getpid. */
  static void handle(int signal) {
    Linker linker = Linker.nativeLinker();
    MethodHandle function = linker.downcallHandle(
        linker.defaultLookup().find("signal").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try {
      MemorySegment before = (MemorySegment) function.invokeExact(
          signal, linker.defaultLookup().find("getpid").orElseThrow());
      if (before.address() == -1) {
        throw new IllegalStateException("signal " + signal);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("signal " + signal, e);
    }
  }

  /** Memory of the process, by address. */
  static MemorySegment memory(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** A store of the low 1, 2, 4 or 8 bytes, by the program itself. */
  static void store(long address, int bytes, long value) {
    MemorySegment target = memory(address, bytes);
    switch (bytes) {
      case 1 -> target.set(ValueLayout.JAVA_BYTE, 0, (byte) value);
      case 2 -> target.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) value);
      case 4 -> target.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) value);
      default -> target.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }
  }

  /** A load of 1, 2, 4 or 8 bytes, zero-extended, by the program itself. */
  static long load(long address, int bytes) {
    MemorySegment source = memory(address, bytes);
    return switch (bytes) {
      case 1 -> source.get(ValueLayout.JAVA_BYTE, 0) & 0xffL;
      case 2 -> source.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0) & 0xffffL;
      case 4 -> source.get(ValueLayout.JAVA_INT_UNALIGNED, 0) & 0xffff_ffffL;
      default -> source.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    };
  }
}
