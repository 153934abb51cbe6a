package dev.regardless.drivers;

import dev.regardless.vfs.File;

/**
 * Two files made together.
 *
 * @param first of a pipe: the end to read from
 * @param second of a pipe: the end to write to
 */
public record FilePair(File first, File second) {}
