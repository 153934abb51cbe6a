package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.isa.Alu;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.LitmusThread;
import dev.regardless.litmus.test.MemoryCell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Runs one thread with unknown memory and collects its paths. A step whose effect depends on an unknown value forks: a
 * branch by its condition, an access by its memory cell, a choice by its alternatives.
 */
final class SymbolicThread {
  private static final int MOST_STEPS = 20_000;
  private static final int MOST_PATHS = 200_000;

  private final LitmusTest test;
  private final int registers;
  private final int unrollings;
  private final Expressions expressions = new Expressions();
  private final List<ThreadPath> paths = new ArrayList<>();
  private final Deque<PathState> pending = new ArrayDeque<>();
  private boolean loopCut;

  SymbolicThread(LitmusTest test, int unrollings) {
    this.test = test;
    registers = test.isa().registers().count();
    this.unrollings = unrollings;
  }

  /** Whether a path was left out because it jumped backwards too often. */
  boolean loopCut() {
    return loopCut;
  }

  List<ThreadPath> run(int thread) {
    PathState start = new PathState(registers, test.isa().temporaries(), CodeAddress.of(thread, 0));
    long[] initial = test.threads().get(thread).initialRegisters();
    int zero = expressions.constant(0);
    for (int register = 0; register < start.values.length; register++) {
      start.values[register] = register < initial.length ? expressions.constant(initial[register]) : zero;
    }
    pending.push(start);
    while (!pending.isEmpty()) {
      follow(pending.pop());
      if (paths.size() > MOST_PATHS) {
        throw new UnsupportedTestException(test.source() + ": not supported: thread "
            + test.threads().get(thread).name() + " has more than " + MOST_PATHS + " paths");
      }
    }
    return paths;
  }

  private void follow(PathState state) {
    while (true) {
      LitmusThread code = test.threads().get(CodeAddress.thread(state.address));
      int index = CodeAddress.index(state.address);
      if (index >= code.code().size()) {
        paths.add(state.finish(expressions, registers));
        return;
      }
      MicroOp[] operations = code.code().get(index);
      if (state.step >= operations.length) {
        next(state, CodeAddress.of(CodeAddress.thread(state.address), index + 1));
        continue;
      }
      if (!step(state, operations[state.step])) {
        return;
      }
      if (++state.steps > MOST_STEPS) {
        loopCut = true;
        return;
      }
    }
  }

  private static void next(PathState state, long address) {
    state.address = address;
    state.step = 0;
    state.instance++;
    state.endInstruction();
  }

  /** Runs one step; false if the path ends here. */
  private boolean step(PathState state, MicroOp operation) {
    switch (operation.kind) {
      case CONSTANT -> state.set(operation.result, expressions.constant(operation.immediate), 0, 0);
      case COMPUTE -> compute(state, operation);
      case SELECT -> {
        long own = state.ownData[operation.first];
        long ownPick = state.ownPick[operation.first] | state.ownPick(operation.pick);
        state.set(operation.result, state.values[operation.first], state.data[operation.first],
            state.pick[operation.first] | state.pick(operation.pick));
        state.setOwn(operation.result, own, ownPick);
      }
      case LOAD, STORE -> {
        return access(state, operation);
      }
      case FENCE -> {
        room(state);
        state.events.addFence(operation.fence(), state.instance, CodeAddress.index(state.address),
            state.control, state.pickControl);
      }
      case BRANCH -> {
        return branch(state, operation);
      }
      case JUMP -> {
        return jump(state, operation.immediate);
      }
      case JUMP_REGISTER -> {
        return jumpRegister(state, operation);
      }
      case ASSUME -> {
        if (!assume(state, state.values[operation.first], true)) {
          return false;
        }
      }
      case UNLESS -> {
        return unless(state, operation);
      }
      case SKIP -> {
        state.step = (int) operation.immediate;
        return true;
      }
      case CHOOSE -> {
        state.forks++;
        PathState other = new PathState(state);
        other.step = (int) operation.immediate;
        pending.push(other);
      }
    }
    state.step++;
    return true;
  }

  private void compute(PathState state, MicroOp operation) {
    int second = operation.second < 0 ? Expressions.NONE : state.values[operation.second];
    int third = operation.third < 0 ? Expressions.NONE : state.values[operation.third];
    int value = expressions.apply(operation.function(), state.values[operation.first], second, third);
    long own = state.ownData(operation.first) | state.ownData(operation.second) | state.ownData(operation.third);
    long ownPick = state.ownPick(operation.first) | state.ownPick(operation.second) | state.ownPick(operation.third);
    state.set(operation.result, value,
        state.data(operation.first) | state.data(operation.second) | state.data(operation.third),
        state.pick(operation.first) | state.pick(operation.second) | state.pick(operation.third));
    state.setOwn(operation.result, own, ownPick);
  }

  /** Records that a condition must hold (or must not); false if it is known to be otherwise. */
  private boolean assume(PathState state, int condition, boolean holds) {
    if (expressions.isConstant(condition)) {
      return expressions.value(condition) != 0 == holds;
    }
    state.require(condition, holds);
    return true;
  }

  private boolean unless(PathState state, MicroOp operation) {
    int condition = state.values[operation.first];
    if (!expressions.isConstant(condition)) {
      state.forks++;
      PathState other = new PathState(state);
      other.require(condition, false);
      other.step = (int) operation.immediate;
      pending.push(other);
      state.require(condition, true);
      state.step++;
    } else {
      state.step = expressions.value(condition) == 0 ? (int) operation.immediate : state.step + 1;
    }
    return true;
  }

  private boolean branch(PathState state, MicroOp operation) {
    int condition = state.values[operation.first];
    state.control |= state.data[operation.first] | state.ownData[operation.first];
    state.pickControl |= state.pick[operation.first] | state.ownPick[operation.first];
    long following = CodeAddress.of(CodeAddress.thread(state.address), CodeAddress.index(state.address) + 1);
    if (operation.immediate == following) {
      next(state, following);
      return true;
    }
    if (expressions.isConstant(condition)) {
      if (expressions.value(condition) != 0) {
        return jump(state, operation.immediate);
      }
      next(state, following);
      return true;
    }
    state.forks++;
    PathState other = new PathState(state);
    other.require(condition, false);
    next(other, following);
    pending.push(other);
    state.require(condition, true);
    return jump(state, operation.immediate);
  }

  /**
   * A jump backwards is counted if the path has forked since it was last taken; without a fork the loop runs as it must,
   * however often.
   */
  private boolean jump(PathState state, long target) {
    if (target <= state.address && state.forksAtJump.getOrDefault(state.address, -1) < state.forks) {
      state.forksAtJump.put(state.address, state.forks);
      int jumps = state.jumpsBack.merge(state.address, 1, Integer::sum);
      if (jumps > unrollings) {
        loopCut = true;
        return false;
      }
    }
    next(state, target);
    return true;
  }

  private boolean jumpRegister(PathState state, MicroOp operation) {
    int target = state.values[operation.first];
    state.control |= state.data[operation.first] | state.ownData[operation.first];
    state.pickControl |= state.pick[operation.first] | state.ownPick[operation.first];
    if (!expressions.isConstant(target)) {
      for (int thread = 0; thread < test.threads().size(); thread++) {
        state.forks++;
        for (int index : test.threads().get(thread).labels().values()) {
          long address = CodeAddress.of(thread, index);
          PathState other = new PathState(state);
          other.require(same(target, address), true);
          if (jump(other, address)) {
            pending.push(other);
          }
        }
      }
      return false;
    }
    long address = expressions.value(target);
    if (!CodeAddress.isCode(address) || CodeAddress.thread(address) >= test.threads().size()) {
      state.wild = true;
      paths.add(state.finish(expressions, registers));
      return false;
    }
    return jump(state, address);
  }

  private int same(int expression, long value) {
    return expressions.apply(Alu.EQUAL, expression, expressions.constant(value), Expressions.NONE);
  }

  private boolean access(PathState state, MicroOp operation) {
    int address = state.values[operation.first];
    if (expressions.isConstant(address)) {
      int cell = test.memory().cellAt(expressions.value(address));
      if (cell < 0) {
        state.wild = true;
        paths.add(state.finish(expressions, registers));
        return false;
      }
      access(state, operation, cell);
      state.step++;
      return true;
    }
    state.forks++;
    List<MemoryCell> cells = test.memory().cells();
    PathState elsewhere = new PathState(state);
    for (int cell = 0; cell < cells.size(); cell++) {
      PathState other = new PathState(state);
      int hits = same(address, cells.get(cell).address());
      if (assume(other, hits, true)) {
        access(other, operation, cell);
        other.step++;
        pending.push(other);
      }
      assume(elsewhere, hits, false);
    }
    elsewhere.wild = true;
    paths.add(elsewhere.finish(expressions, registers));
    return false;
  }

  private void room(PathState state) {
    if (state.events.count() == LocalEvents.LIMIT) {
      throw new UnsupportedTestException(
          test.source() + ": not supported: a thread with more than " + LocalEvents.LIMIT + " events");
    }
  }

  private void access(PathState state, MicroOp operation, int cell) {
    room(state);
    boolean load = operation.kind == MicroOp.Kind.LOAD;
    int event = state.events.addAccess(load ? LocalEvents.Kind.READ : LocalEvents.Kind.WRITE, state.instance,
        CodeAddress.index(state.address), cell, operation.annotations, state.control, state.pickControl);
    state.widths[event] = operation.width;
    long others = ~state.ownEvents();
    long addressData = state.data[operation.first];
    long addressPick = state.pick[operation.first];
    if (load) {
      int forwarded = state.lastWrite(cell);
      long through = forwarded < 0 ? 0 : state.eventData[forwarded];
      long throughPick = forwarded < 0 ? 0 : state.eventPick[forwarded];
      state.eventData[event] = addressData | through;
      state.eventPick[event] = addressPick | throughPick;
      state.written[event] = Expressions.NONE;
      state.events.depend(event, addressData & others, 0, addressPick & others, 0, state.eventPick[event] & others);
      state.set(operation.result, expressions.variable(event), 0, 0);
      state.setOwn(operation.result, state.eventData[event] | 1L << event, state.eventPick[event] | 1L << event);
      return;
    }
    long data = state.data[operation.second];
    long pick = state.pick[operation.second] | state.pick(operation.pick);
    state.eventData[event] = addressData | data | state.ownData[operation.second];
    state.eventPick[event] = addressPick | pick | state.ownPick[operation.second] | state.ownPick(operation.pick);
    state.written[event] = narrowed(state.values[operation.second], operation.width);
    boolean free = (operation.annotations & Annotation.FREE_DATA) != 0;
    state.events.depend(event, addressData & others, free ? 0 : data & others, addressPick & others,
        free ? 0 : pick & others, state.eventPick[event] & others);
  }

  private int narrowed(int value, int width) {
    return width == Long.BYTES
        ? value
        : expressions.apply(Alu.ZERO_EXTEND, value, expressions.constant(8L * width), Expressions.NONE);
  }
}
