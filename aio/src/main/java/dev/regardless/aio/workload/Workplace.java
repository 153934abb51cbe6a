package dev.regardless.aio.workload;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.Task;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.Machine;
import dev.regardless.machine.PropertyKind;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserPages;
import java.util.List;

/**
 * What all programs of a workload share, fixed at set-up.
 *
 * @param handles words that hold the contexts' handles
 * @param pollers the pollers' memories; the first is mapping {@code firstPoller}
 */
record Workplace(
    AioWorkloadParameters parameters,
    Kernel kernel,
    AioSyscalls aio,
    AddressSpace mm,
    WorkloadControl control,
    UserPages handles,
    List<PollerMemory> pollers,
    List<PollSource> sources) {

  Machine machine() {
    return kernel.machine();
  }

  /** Handle of a context. */
  long handle(int context) {
    return handles.word(context).readOnce();
  }

  /** User address of a poller's iocb. */
  long iocbAddress(int poller, int slot) {
    return mm.addressOf(pollers.get(poller), PollerMemory.offsetOf(slot));
  }

  /** The poller whose memory an address is in. */
  int pollerAt(long address) {
    return (int) ((address >>> 32) - (mm.addressOf(pollers.getFirst(), 0) >>> 32));
  }

  /** Spins until the word holds {@code value}. */
  void await(LongCell word, long value) {
    kernel.barriers().conditionalLoadAcquire(word, AwaitCondition.EQUAL, value);
  }

  /** Sleeps for that many cycles; 0: not at all. */
  void pause(int cycles) {
    if (cycles > 0) {
      Task current = kernel.current();
      current.setCurrentState(Task.INTERRUPTIBLE);
      current.scheduleTimeout(cycles, Task.INTERRUPTIBLE);
    }
  }

  boolean pollersRun() {
    return control.pollersLeft.read() != 0;
  }

  /** A system call did what the kernel never does. */
  void unexpected(String what, long result) {
    machine().violation(PropertyKind.INVARIANT, what + " returned " + result);
  }

  /** The number after {@code state} in a program's own sequence (SplitMix64's increment). */
  static long next(long state) {
    return state + 0x9e3779b97f4a7c15L;
  }

  /** 0 to {@code bound - 1} from a number of such a sequence (SplitMix64's finaliser). */
  static int pick(long state, int bound) {
    long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return (int) Long.remainderUnsigned(mixed, bound);
  }
}
