package dev.regardless.tests.live;

import dev.regardless.vfs.program.Step;

/** What the runs of programs know about single calls. */
final class Programs {

  private Programs() {}

  /** Whether a step makes a context; its only output is the handle's word. */
  static boolean isSetUp(Step step) {
    return step instanceof Step.Call call && call.name().equals("io_setup");
  }
}
