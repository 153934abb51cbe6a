package dev.regardless.checker;

import dev.regardless.execution.ExecutionGraph;
import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.Signature;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One level of revisits: a graph and where its threads stand. Pooled; the frame of a revisit starts as its parent's
 * restriction, and everything below {@link #base} belongs to the parent's choices.
 */
final class Frame {

  /** The thread's code runs, or has to be run (again): it may have more events. */
  static final byte RUN = 0;
  /** The thread has ended. */
  static final byte DONE = 1;
  /** The thread waits, without an event, for a write that satisfies it. */
  static final byte WAITING = 2;
  /** The thread's last event is an await that reads an unsatisfying write. */
  static final byte STUCK = 3;
  /** The thread exceeded a loop bound. */
  static final byte CUT = 4;

  /** The thread waits for a grace period. */
  static final byte GRACE = 5;

  /** The thread violated a property, but whether the graph is real is not known yet. */
  static final byte FAILED = 6;

  /** The thread's last event is a grace period that never ends. */
  static final byte STAYS = 7;

  final ExecutionGraph graph;
  byte[] status = new byte[8];
  int[] waitSignature = new int[8];
  int[] waitLocation = new int[8];
  long[] waitOperand = new long[8];
  /** Which run of its code the thread's events come from: see {@link CheckedMachine#isFresh}. */
  long[] ran = new long[8];
  int[] allocations = new int[8];
  /** Whether the thread's last run ended inside a read-side critical section. */
  boolean[] inSection = new boolean[8];
  /** Whether the thread did something that is to be looked at again once the graph is known to be real. */
  boolean[] unsettled = new boolean[8];
  @Nullable
  Runnable[] bodies = new Runnable[8];
  int threads;
  /** Events below are not this frame's to change. */
  int base;
  /** The read that was revisited and the write that it now reads, or NONE in the first frame. */
  int revisitedRead = ExecutionGraph.NONE;
  int revisitingWrite = ExecutionGraph.NONE;

  Frame(MemoryModel model) {
    this.graph = new ExecutionGraph(model);
  }

  /** Whether a thread of that status waits for a grace period. */
  static boolean isGracePeriod(byte status) {
    return status == GRACE || status == STAYS;
  }

  void ensureThreads(int count) {
    if (count > status.length) {
      int room = Math.max(count, status.length * 2);
      status = Arrays.copyOf(status, room);
      waitSignature = Arrays.copyOf(waitSignature, room);
      waitLocation = Arrays.copyOf(waitLocation, room);
      waitOperand = Arrays.copyOf(waitOperand, room);
      ran = Arrays.copyOf(ran, room);
      allocations = Arrays.copyOf(allocations, room);
      inSection = Arrays.copyOf(inSection, room);
      unsettled = Arrays.copyOf(unsettled, room);
      bodies = Arrays.copyOf(bodies, room);
    }
    graph.ensureThreads(count);
    threads = Math.max(threads, count);
  }

  /**
   * A thread comes to a grace period that the graph has.
   *
   * @throws Unwound if it never ends
   */
  void passGracePeriod(Growth growth, int thread, int event, int signature) {
    if (graph.signature(event) == Signature.endless(signature)) {
      status[thread] = STAYS;
      throw Unwound.BLOCKED;
    }
    if (graph.signature(event) != signature) {
      throw growth.nondeterminism(thread, event, signature, thread, 0);
    }
  }

  /** Takes over from {@code parent}, whose graph {@link #graph} already is a restriction of. */
  void startFrom(Frame parent, int read, int write) {
    ensureThreads(parent.threads);
    for (int thread = 0; thread < threads; thread++) {
      boolean whole = thread < parent.threads && graph.length(thread) == parent.graph.length(thread);
      status[thread] = whole ? parent.status[thread] : RUN;
      if (thread < parent.threads) {
        waitSignature[thread] = parent.waitSignature[thread];
        waitLocation[thread] = parent.waitLocation[thread];
        waitOperand[thread] = parent.waitOperand[thread];
        ran[thread] = parent.ran[thread];
        allocations[thread] = parent.allocations[thread];
        inSection[thread] = parent.inSection[thread];
        unsettled[thread] = parent.unsettled[thread];
        bodies[thread] = parent.bodies[thread];
      }
    }
    status[graph.thread(read)] = RUN;
    revisitedRead = read;
    revisitingWrite = write;
    base = graph.size();
  }
}
