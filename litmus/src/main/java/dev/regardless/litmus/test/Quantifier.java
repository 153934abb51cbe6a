package dev.regardless.litmus.test;

/** What a condition says about the outcomes. */
public enum Quantifier {
  /** {@code exists}: some outcome satisfies it. */
  EXISTS,
  /** {@code ~exists}: none does. */
  NOT_EXISTS,
  /** {@code forall}: all do. */
  FORALL
}
