/**
 * Recorded schedules: how a run is written down, read back and refused when foreign or damaged.
 */
@NullMarked
package dev.regardless.trace;

import org.jspecify.annotations.NullMarked;
