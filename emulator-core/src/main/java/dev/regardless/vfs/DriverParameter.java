package dev.regardless.vfs;

/**
 * One documented parameter of a {@link Driver}.
 *
 * @param name as in configuration
 * @param defaultValue as configuration would write it
 * @param description what it does, its unit and its range
 */
public record DriverParameter(String name, String defaultValue, String description) {}
