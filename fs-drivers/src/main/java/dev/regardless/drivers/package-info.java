/**
 * File drivers of the emulated kernel, one package each.
 */
@NullMarked
package dev.regardless.drivers;

import org.jspecify.annotations.NullMarked;
