/**
 * The x86 architecture: total store order, its primitive mapping and its costs.
 */
@NullMarked
package dev.regardless.arch.x86;

import org.jspecify.annotations.NullMarked;
