/**
 * The designs of the aio poll command, one class each.
 */
@NullMarked
package dev.regardless.aio.poll;

import org.jspecify.annotations.NullMarked;
