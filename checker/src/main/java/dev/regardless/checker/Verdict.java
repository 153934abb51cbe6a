package dev.regardless.checker;

/** The answer of a check. */
public enum Verdict {
  /** Every execution was explored and none violates a property. */
  HOLDS("holds"),
  /** An execution violates a property. */
  VIOLATED("violated"),
  /** A limit was reached, or a loop's bound, before there was an answer. */
  LIMIT("limit reached");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** As in tables. */
  public String text() {
    return text;
  }
}
