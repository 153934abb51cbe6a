/**
 * Scenarios: programs for emulated machines that run unchanged under either engine. Found through {@link
 * java.util.ServiceLoader}; they live beside what they exercise.
 */
@NullMarked
package dev.regardless.scenario;

import org.jspecify.annotations.NullMarked;
