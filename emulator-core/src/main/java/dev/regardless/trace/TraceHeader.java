package dev.regardless.trace;

/**
 * What a trace was recorded from.
 *
 * @param version the program's version
 * @param configuration the whole effective configuration, in canonical form
 */
public record TraceHeader(String version, String configuration) {}
