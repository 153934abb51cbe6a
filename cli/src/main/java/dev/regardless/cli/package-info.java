/**
 * The only composition root: commands, configuration and reports.
 */
@NullMarked
package dev.regardless.cli;

import org.jspecify.annotations.NullMarked;
