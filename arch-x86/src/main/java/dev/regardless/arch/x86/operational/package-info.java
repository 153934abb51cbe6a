/** x86-TSO as a machine with store buffers, for exhaustive exploration. */
@NullMarked
package dev.regardless.arch.x86.operational;

import org.jspecify.annotations.NullMarked;
