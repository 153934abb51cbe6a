package dev.regardless.vfs.program;

/** A system call as the calling task makes it, up to and including the return to user mode. */
@FunctionalInterface
public interface SystemCall {

  /** Runs the call; a negated errno is an error. */
  long call(long first, long second, long third, long fourth, long fifth, long sixth);
}
