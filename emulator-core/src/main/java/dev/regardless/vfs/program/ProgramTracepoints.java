package dev.regardless.vfs.program;

import dev.regardless.machine.Tracepoint;

/** What an observer learns of a running {@link Program}. */
public final class ProgramTracepoints {

  /** A step has ended, with that result: a system call's, or what was loaded; 0 for a store. */
  public static final Tracepoint STEP_ENDED = new Tracepoint("program-step-ended", "step", "result");

  /** After the step, a word of one of its outputs. The place is {@code step << 32 | offset}. */
  public static final Tracepoint OUTPUT = new Tracepoint("program-output", "place", "value");

  private ProgramTracepoints() {}
}
