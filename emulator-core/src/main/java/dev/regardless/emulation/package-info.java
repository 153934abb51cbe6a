/**
 * The emulation engine: hardware threads, storage subsystems, schedulers and virtual time.
 */
@NullMarked
package dev.regardless.emulation;

import org.jspecify.annotations.NullMarked;
