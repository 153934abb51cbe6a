/**
 * Configuration: HOCON read strictly into records. Whatever is unknown, missing or out of range is refused with one line
 * that names file, line and key.
 */
@NullMarked
package dev.regardless.cli.config;

import org.jspecify.annotations.NullMarked;
