package dev.regardless.arch.x86.operational;

import dev.regardless.isa.FenceKind;
import dev.regardless.operational.BufferedModel;

/**
 * x86-TSO (Sewell and others, CACM 2010, section 3.2): one first-in first-out store buffer for each thread, whose newest
 * store to a cell the thread's loads see; locked instructions and fences wait for an empty buffer.
 *
 * <p>Fences of any kind wait, as herd's x86tso-mixed.cat has it; the axioms of this module say the same.
 */
public final class TsoMachine implements BufferedModel {
  @Override
  public String name() {
    return "x86-tso";
  }

  @Override
  public boolean buffersStores() {
    return true;
  }

  @Override
  public boolean waits(FenceKind fence) {
    return true;
  }
}
