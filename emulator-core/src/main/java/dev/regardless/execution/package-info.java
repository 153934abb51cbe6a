/**
 * Execution graphs: events, program order, reads-from and coherence order, and the memory models that judge them.
 */
@NullMarked
package dev.regardless.execution;

import org.jspecify.annotations.NullMarked;
