package dev.regardless.cli;

import org.jspecify.annotations.Nullable;

/** The version of this build, as the jar's manifest states it. */
public final class Version {
  private Version() {}

  /** One line: name and version. A class folder has no manifest and therefore no version. */
  public static String line() {
    @Nullable
    String version = Version.class.getPackage().getImplementationVersion();
    return "regardless " + (version == null ? "(unpackaged build)" : version);
  }
}
