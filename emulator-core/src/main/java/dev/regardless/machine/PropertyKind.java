package dev.regardless.machine;

/** The properties that the engines watch; ids are those of configuration, command line and reports. */
public enum PropertyKind {
  ASSERTION("assertion"),
  USE_AFTER_FREE("use-after-free"),
  DOUBLE_FREE("double-free"),
  UNINITIALISED_READ("uninitialised-read"),
  NULL_DEREFERENCE("null-dereference"),
  LEAK("leak"),
  HANG("hang"),
  REFERENCE_COUNT("reference-count"),
  LOCK_ORDER("lock-order"),
  SLEEP_IN_ATOMIC("sleep-in-atomic"),
  DATA_RACE("data-race"),
  LOOP_BOUND("loop-bound"),
  /** An invariant stated by a scenario or workload, e.g. exactly one event per accepted request. */
  INVARIANT("invariant");

  private final String id;

  PropertyKind(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
