package dev.regardless.arch.x86.axiomatic;

import dev.regardless.axiomatic.CandidateExecution;
import dev.regardless.axiomatic.LiteralModel;

/** {@link MfenceTso} in its literal form. */
public final class LiteralMfenceTso implements LiteralModel {
  private final LiteralTso literal = new LiteralTso(MfenceTso.NAME, false);

  /** The model. */
  public LiteralMfenceTso() {}

  @Override
  public String name() {
    return MfenceTso.NAME;
  }

  @Override
  public boolean allows(CandidateExecution execution) {
    return literal.allows(execution);
  }
}
