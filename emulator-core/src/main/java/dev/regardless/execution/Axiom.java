package dev.regardless.execution;

import java.util.function.Predicate;

/**
 * One axiom of a model in its literal form.
 *
 * @param name as the model's source calls it, e.g. {@code external}
 * @param holds whether an execution satisfies it
 */
public record Axiom(String name, Predicate<Execution> holds) {

  /** Per-location coherence: acyclic(po-loc | rf | co | fr). */
  public static final Axiom INTERNAL = new Axiom("internal",
      x -> x.po().and(x.sameLocation()).or(x.rf()).or(x.co()).or(x.fr()).isAcyclic());

  /** Atomicity: empty(rmw & (fr;co)); with one write between a pair's write and what it read, it was not atomic. */
  public static final Axiom ATOMIC = new Axiom("atomic", x -> x.rmw().and(x.fr().then(x.co())).isEmpty());

  /** No load buffering: acyclic(po | rf). Holds in every execution of kernel code, whose writes depend on all its reads. */
  public static final Axiom NO_THIN_AIR = new Axiom("no-thin-air", x -> x.po().or(x.rf()).isAcyclic());
}
