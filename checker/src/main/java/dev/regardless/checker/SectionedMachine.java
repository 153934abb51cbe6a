package dev.regardless.checker;

import dev.regardless.machine.Machine;
import dev.regardless.machine.Tracepoint;

/** The part of the machine that adds nothing to the graph. */
abstract class SectionedMachine implements Machine {

  final Sections sections;

  SectionedMachine(Sections sections) {
    this.sections = sections;
  }

  @Override
  public void mightSleep() {
    sections.sleeping(this);
  }

  @Override
  public void preemptDisable() {
    sections.preemptDisable();
  }

  @Override
  public void preemptEnable() {
    sections.preemptEnable();
  }

  @Override
  public void interruptsDisable() {
    sections.interruptsDisable();
  }

  @Override
  public void interruptsEnable() {
    sections.interruptsEnable();
  }

  @Override
  public void rcuReadLock() {
    sections.readLock();
  }

  @Override
  public void rcuReadUnlock() {
    sections.readUnlock();
  }

  @Override
  public void wake(int sleeper) {
    // The write to the sleeper's state is the event; there is no scheduler to tell.
  }

  @Override
  public void tracepoint(Tracepoint point, long first, long second) {
    // Metrics belong to one run; the checker has no use for them.
  }
}
