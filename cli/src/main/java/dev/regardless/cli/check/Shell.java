package dev.regardless.cli.check;

/** Words of a command line as a shell needs them. */
final class Shell {

  private Shell() {}

  /** The word in quotes, if it needs some. */
  static String quoted(Object word) {
    String text = word.toString();
    return text.matches("[A-Za-z0-9_./:=,+%@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
