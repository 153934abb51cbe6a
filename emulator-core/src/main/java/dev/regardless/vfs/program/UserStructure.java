package dev.regardless.vfs.program;

import java.util.List;

/**
 * A structure of Linux's user-space interface, for {@link ProgramText}.
 *
 * @param fields in order of their offsets
 */
record UserStructure(String name, List<Field> fields) {

  /** A field; offset and size in bytes. */
  record Field(String name, int offset, int bytes) {}

  private static final List<UserStructure> KNOWN = List.of(
      new UserStructure("iocb", List.of(
          new Field("data", 0, 8), new Field("key", 8, 4), new Field("rwflags", 12, 4), new Field("opcode", 16, 2),
          new Field("reqprio", 18, 2), new Field("fd", 20, 4), new Field("buf", 24, 8), new Field("nbytes", 32, 8),
          new Field("offset", 40, 8), new Field("reserved", 48, 8), new Field("flags", 56, 4),
          new Field("resfd", 60, 4))),
      new UserStructure("pollfd", List.of(
          new Field("fd", 0, 4), new Field("events", 4, 2), new Field("revents", 6, 2))),
      new UserStructure("timespec", List.of(new Field("seconds", 0, 8), new Field("nanoseconds", 8, 8))),
      new UserStructure("itimerspec", List.of(
          new Field("intervalseconds", 0, 8), new Field("intervalnanoseconds", 8, 8), new Field("seconds", 16, 8),
          new Field("nanoseconds", 24, 8))),
      new UserStructure("iovec", List.of(new Field("base", 0, 8), new Field("length", 8, 8))),
      new UserStructure("capheader", List.of(new Field("version", 0, 4), new Field("pid", 4, 4))),
      new UserStructure("event", List.of(new Field("events", 0, 4), new Field("data", 4, 8))));

  /**
   * The structure of that name.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  static UserStructure named(String name) {
    for (UserStructure each : KNOWN) {
      if (each.name.equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "expected one of %s, got '%s'".formatted(KNOWN.stream().map(UserStructure::name).toList(), name));
  }
}
