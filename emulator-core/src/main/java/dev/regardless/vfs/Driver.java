package dev.regardless.vfs;

import java.util.List;

/**
 * A kind of file that can be polled, found through {@link java.util.ServiceLoader}. Stateless; {@link #attach} binds it to
 * one machine at set-up.
 */
public interface Driver {

  /** Id used in configuration, e.g. {@code eventfd}. */
  String name();

  /** One line for {@code list}. */
  String description();

  /** The driver's parameters, in order of documentation. */
  List<DriverParameter> parameters();

  /**
   * Whether an aio poll never learns of events that come after its submission, so that only cancelling ends it. A workload
   * with such files needs a timeout.
   */
  default boolean missesLaterEvents() {
    return false;
  }

  /**
   * Binds the driver to a machine.
   *
   * @throws IllegalArgumentException if a parameter's value is unusable; the message names it
   */
  AttachedDriver attach(Vfs vfs, DriverSettings settings);
}
