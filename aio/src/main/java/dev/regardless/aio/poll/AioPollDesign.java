package dev.regardless.aio.poll;

import dev.regardless.aio.AioSubsystem;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/**
 * One way of doing IOCB_CMD_POLL, found through {@link java.util.ServiceLoader}; see {@link AioPollDesigns}. Stateless: a
 * machine's protocol is made by {@link #protocol}.
 */
public interface AioPollDesign {

  /** Id used in configuration, on the command line and in reports, e.g. {@code linux-5.1}. */
  String name();

  /** One line for {@code list}. */
  String description();

  /** Names of this design's choices and their default values. */
  default SortedMap<String, String> parameters() {
    return Collections.emptySortedMap();
  }

  /**
   * The design on one machine.
   *
   * @param aio the subsystem it serves; still under construction, so only kept
   * @param values the parameters that differ from their defaults
   * @throws IllegalArgumentException if there is no such parameter or value; the message names it
   */
  PollProtocol protocol(AioSubsystem aio, Map<String, String> values);
}
