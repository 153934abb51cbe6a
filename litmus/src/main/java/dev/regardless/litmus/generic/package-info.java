/**
 * The generic dialect: litmus tests without an architecture, mapped to each architecture's instructions by
 * {@link dev.regardless.isa.generic.GenericMapping}.
 *
 * <p>A file has herd's form with {@code Generic} for the architecture. Its instructions:
 *
 * <pre>
 * r0 = load x               load.acquire, load.acquirepc; "addr r1": the address depends on r1
 * store x 1                 store.release; the value may be a register; "addr r1", "data r1": dependencies
 * r0 = add x 1              swap; .acquire, .release, .acqrel
 * r0 = cas x 0 1            expected value, new value; .acquire, .release, .acqrel
 * fence                     fence.load, fence.store
 * branch r0                 what follows depends on r0 by control
 * </pre>
 */
@NullMarked
package dev.regardless.litmus.generic;

import org.jspecify.annotations.NullMarked;
