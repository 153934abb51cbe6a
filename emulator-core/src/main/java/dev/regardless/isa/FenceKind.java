package dev.regardless.isa;

/** Fences by what they order. */
public enum FenceKind {
  /** Everything before with everything after: DMB SY, MFENCE. */
  FULL("DMB SY"),
  /** Reads before with everything after: DMB LD, LFENCE. */
  LOAD("DMB LD"),
  /** Writes before with writes after: DMB ST, SFENCE. */
  STORE("DMB ST"),
  /** Waits for completion of everything before: DSB SY. */
  COMPLETION_FULL("DSB SY"),
  /** Waits for completion of reads before: DSB LD. */
  COMPLETION_LOAD("DSB LD"),
  /** Waits for completion of writes before: DSB ST. */
  COMPLETION_STORE("DSB ST"),
  /** Refetches what follows: ISB. */
  INSTRUCTION("ISB");

  private final String example;

  FenceKind(String example) {
    this.example = example;
  }

  /** One instruction that is such a fence. */
  public String example() {
    return example;
  }
}
