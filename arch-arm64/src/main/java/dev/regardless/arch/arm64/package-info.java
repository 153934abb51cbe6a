/**
 * The Armv8 architecture: views over message history, its primitive mapping and its costs.
 */
@NullMarked
package dev.regardless.arch.arm64;

import org.jspecify.annotations.NullMarked;
