/**
 * Emulation from the command line: carries out a {@link dev.regardless.cli.config.RunConfiguration}, sums up what
 * happened, and prints it as text or JSON. Summaries hold nothing but what the configuration determines, so that equal
 * configurations give equal bytes.
 */
@NullMarked
package dev.regardless.cli.run;

import org.jspecify.annotations.NullMarked;
