package dev.regardless.litmus.graph;

/** The relations that are drawn, in the colours that herd's users know. */
enum RelationKind {
  PROGRAM_ORDER("po", "#000000", false),
  READS_FROM("rf", "#d00000", false),
  COHERENCE("co", "#1040d0",
      false),
  FROM_READS("fr", "#e08000", false),
  ADDRESS("addr", "#6030a0", false),
  DATA("data", "#6030a0",
      false),
  CONTROL("ctrl", "#6030a0", false),
  ATOMIC("rmw", "#806020", true);

  private final String label;
  private final String colour;
  private final boolean dashed;

  RelationKind(String label, String colour, boolean dashed) {
    this.label = label;
    this.colour = colour;
    this.dashed = dashed;
  }

  String label() {
    return label;
  }

  String colour() {
    return colour;
  }

  boolean dashed() {
    return dashed;
  }
}
