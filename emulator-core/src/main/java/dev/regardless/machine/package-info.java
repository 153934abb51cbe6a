/**
 * The machine that emulated code runs on: every access to shared memory, fence, wait and allocation is one explicit
 * event, so that the same code can be emulated along one schedule or checked along all of them.
 */
@NullMarked
package dev.regardless.machine;

import org.jspecify.annotations.NullMarked;
