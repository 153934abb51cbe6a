/**
 * Running many tests: finding their files, exploring them in parallel, and summing up.
 *
 * <p>{@link dev.regardless.litmus.run.TestFiles} turns arguments into files, {@link dev.regardless.litmus.run.TestRun}
 * answers one of them and never throws for what a test's author got wrong, and
 * {@link dev.regardless.litmus.run.ParallelRunner} answers all and hands the results over in the order of the files,
 * whatever order they were finished in.
 */
@NullMarked
package dev.regardless.litmus.run;

import org.jspecify.annotations.NullMarked;
