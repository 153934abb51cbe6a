/**
 * The operational engine: runs a test on a machine and explores every choice the machine leaves, keeping a set of the
 * states seen.
 *
 * <p>Threads are run by {@link dev.regardless.litmus.operational.LocalSteps} up to the next access to memory. A {@link
 * dev.regardless.operational.BufferedModel} is explored by {@link dev.regardless.litmus.operational.BufferedSearch}: a
 * state is a tuple of small numbers, one for each thread, buffer and cell, each standing for contents kept once. A {@link
 * dev.regardless.operational.ViewModel} is explored by {@link dev.regardless.litmus.operational.PromiseSearch}: first the
 * order of all writes, then each thread alone.
 */
@NullMarked
package dev.regardless.litmus.operational;

import org.jspecify.annotations.NullMarked;
