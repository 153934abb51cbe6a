/**
 * The run and replay commands, from command line to bytes.
 */
@NullMarked
package dev.regardless.tests.run;

import org.jspecify.annotations.NullMarked;
