package dev.regardless.vfs.program;

/** Some system calls that belong together, found through {@link java.util.ServiceLoader}. Stateless. */
public interface SystemCallGroup {

  /** Adds the group's calls to a process's table, at set-up. */
  void bind(UserProcess process, SystemCallTable table);
}
