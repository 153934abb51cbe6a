package dev.regardless.emulation;

import dev.regardless.machine.PropertyKind;
import java.util.List;

/**
 * A violated property, where it happened.
 *
 * @param kind which property
 * @param message what was wrong, naming locations and objects
 * @param thread name of the emulated thread, empty in end checks
 * @param cycles virtual time of its CPU
 * @param access number of memory accesses performed before it
 * @param frames the emulated code's call stack, innermost first; may be empty
 */
public record Violation(
    PropertyKind kind, String message, String thread, long cycles, long access, List<String> frames) {

  public Violation {
    frames = List.copyOf(frames);
  }
}
