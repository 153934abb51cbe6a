/**
 * Emulated memory: locations, typed cells, and kernel objects whose lifetime is tracked.
 */
@NullMarked
package dev.regardless.memory;

import org.jspecify.annotations.NullMarked;
