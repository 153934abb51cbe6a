/** Armv8 by views and promises, for exhaustive exploration. */
@NullMarked
package dev.regardless.arch.arm64.operational;

import org.jspecify.annotations.NullMarked;
