package dev.regardless.machine;

/**
 * A named place in emulated code where an engine may observe two numbers. Instances are constants of the class that
 * fires them; observers compare by identity of the record's name.
 *
 * @param name e.g. {@code aio:request-accepted}
 * @param first what the first number means
 * @param second what the second number means
 */
public record Tracepoint(String name, String first, String second) {}
