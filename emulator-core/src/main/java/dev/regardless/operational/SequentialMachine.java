package dev.regardless.operational;

import dev.regardless.isa.FenceKind;

/** Sequential consistency: accesses take effect one at a time, in program order. */
public final class SequentialMachine implements BufferedModel {
  @Override
  public String name() {
    return "sc";
  }

  @Override
  public boolean buffersStores() {
    return false;
  }

  @Override
  public boolean waits(FenceKind fence) {
    return false;
  }
}
