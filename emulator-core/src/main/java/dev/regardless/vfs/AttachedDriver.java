package dev.regardless.vfs;

/** A {@link Driver} on one machine. */
public interface AttachedDriver {

  /**
   * Makes one source of events, closed at first; set-up only.
   *
   * @param name of its memory in reports
   * @param calls the process that will open and drive it
   */
  PollSource source(String name, FileSystemCalls calls);
}
