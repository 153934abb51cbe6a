package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;

/**
 * One way through a thread.
 *
 * @param expressions the thread's expressions, shared by its paths
 * @param events      reads, writes and fences
 * @param widths      bytes accessed, by event
 * @param written     the expression that a write stores, by event; {@link Expressions#NONE} for others
 * @param conditions  expressions that decide whether the path is taken
 * @param mustHold    whether the condition at the same position must be other than zero, or zero
 * @param registers   final registers as expressions
 * @param wild        whether the path ends at an access to no memory cell
 */
record ThreadPath(Expressions expressions, LocalEvents events, int[] widths, int[] written, int[] conditions,
    boolean[] mustHold, int[] registers, boolean wild) {}
