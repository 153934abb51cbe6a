package dev.regardless.litmus.test;

import dev.regardless.isa.InstructionSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed test.
 *
 * @param source      the file it came from, as the person named it
 * @param name        its name
 * @param isa         the architecture's instructions
 * @param metadata    {@code Key=value} lines and the like, in order
 * @param threads     the columns, from left to right
 * @param memory      the cells
 * @param observables what an outcome holds, in the order in which herd prints them; those that only a filter or a
 *                    condition hidden from the log needs come last
 * @param shown       how many of the observables are part of the outcome
 * @param quantifier  of the condition
 * @param condition   the condition's formula
 * @param filter      executions that do not satisfy it are dropped
 */
public record LitmusTest(String source, String name, InstructionSet isa, Map<String, String> metadata,
    List<LitmusThread> threads, MemoryLayout memory, List<Observable> observables, int shown, Quantifier quantifier,
    Proposition condition, Optional<Proposition> filter) {}
