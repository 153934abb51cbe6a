package dev.regardless.litmus.axiomatic;

import dev.regardless.axiomatic.CandidateExecution;
import dev.regardless.axiomatic.LiteralModel;
import dev.regardless.axiomatic.LocalEvents;
import dev.regardless.axiomatic.SequentialConsistency;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.outcome.OutcomeSet;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.Observable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reference that the axiomatic engine is checked against: lists every assignment of writes to reads and every order
 * of writes, prunes nothing, and asks a {@link LiteralModel} about each. For tests of a few events only. It shares with
 * the fast engine how threads are run, and nothing of how executions are found and judged.
 */
public final class LiteralEngine implements LitmusEngine {
  @Override
  public String name() {
    return "literal";
  }

  @Override
  public Exploration explore(LitmusTest test, String model, ExplorationLimits limits) {
    LiteralModel axioms = LiteralModel.named(model).orElseThrow(
        () -> new UnsupportedTestException(test.source() + ": not supported: memory model '" + model + "'"));
    return new Run(test, axioms, limits).explore();
  }

  private static final class Run {
    private final LitmusTest test;
    private final LiteralModel model;
    private final SearchBudget budget;
    private final ExplorationLimits limits;
    private final OutcomeSet outcomes = new OutcomeSet();
    private final List<List<CompiledPath>> paths = new ArrayList<>();
    private boolean loopCut;

    Run(LitmusTest test, LiteralModel model, ExplorationLimits limits) {
      this.test = test;
      this.model = model;
      this.limits = limits;
      budget = new SearchBudget(limits);
    }

    Exploration explore() {
      for (int thread = 0; thread < test.threads().size(); thread++) {
        SymbolicThread symbolic = new SymbolicThread(test, limits.unrollings());
        List<CompiledPath> compiled = new ArrayList<>();
        for (ThreadPath path : symbolic.run(thread)) {
          compiled.add(new CompiledPath(path, new SequentialConsistency()));
        }
        loopCut |= symbolic.loopCut();
        paths.add(compiled);
      }
      combine(new CompiledPath[paths.size()], 0);
      return new Exploration(outcomes, true, loopCut, !budget.exhausted(), budget.visited(), List.of());
    }

    private void combine(CompiledPath[] chosen, int thread) {
      if (thread == chosen.length) {
        new Combined(new Combination(test, chosen.clone())).assign(0);
        return;
      }
      for (CompiledPath path : paths.get(thread)) {
        chosen[thread] = path;
        combine(chosen, thread + 1);
      }
    }

    private final class Combined {
      private final Combination combination;
      private final int[] source;
      private final int[] position;
      private final long[][] values;

      Combined(Combination combination) {
        this.combination = combination;
        source = new int[combination.count];
        position = new int[combination.count];
        values = new long[combination.paths.length][LocalEvents.LIMIT];
      }

      void assign(int access) {
        if (access == combination.count) {
          if (evaluate()) {
            order(0, 0);
          }
          return;
        }
        source[access] = ReadsFromSearch.INITIAL;
        if (isWrite(access)) {
          assign(access + 1);
          return;
        }
        assign(access + 1);
        for (int write = 0; write < combination.count; write++) {
          if (isWrite(write) && combination.cells[write] == combination.cells[access]) {
            source[access] = write;
            assign(access + 1);
          }
        }
      }

      private boolean isWrite(int access) {
        return (combination.writes >>> access & 1) != 0;
      }

      /** Works out all values; false if they depend on themselves or a path's condition fails. */
      private boolean evaluate() {
        long known = 0;
        boolean progress = true;
        while (progress) {
          progress = false;
          for (int read = 0; read < combination.count; read++) {
            int from = source[read];
            if (isWrite(read) || (known >>> read & 1) != 0
                || (from >= 0 && (combination.writtenReads[from] & ~known) != 0)) {
              continue;
            }
            long value = from < 0
                ? test.memory().cells().get(combination.cells[read]).initial()
                : combination.written(from, values);
            values[combination.threads[read]][combination.original(read)] = combination.narrowed(read, value);
            known |= 1L << read;
            progress = true;
          }
        }
        if (Long.bitCount(known | combination.writes) != combination.count) {
          return false;
        }
        for (int condition = 0; condition < combination.conditionReads.length; condition++) {
          if (!combination.conditionHolds(condition, values)) {
            return false;
          }
        }
        return true;
      }

      /** Places the writes of one cell after another in every order. */
      private void order(int cell, long placed) {
        if (cell == combination.writesOfCell.length) {
          judge();
          return;
        }
        long left = combination.writesOfCell[cell] & ~placed;
        if (left == 0) {
          order(cell + 1, 0);
          return;
        }
        for (long rest = left; rest != 0; rest &= rest - 1) {
          int write = Long.numberOfTrailingZeros(rest);
          position[write] = Long.bitCount(placed) + 1;
          order(cell, placed | 1L << write);
        }
      }

      private void judge() {
        if (!budget.visit()) {
          return;
        }
        int cells = combination.writesOfCell.length;
        List<LocalEvents> events = new ArrayList<>();
        int[] start = new int[combination.paths.length];
        int total = cells;
        for (int thread = 0; thread < start.length; thread++) {
          start[thread] = total;
          events.add(combination.paths[thread].path.events());
          total += events.get(thread).count();
        }
        int[] sources = new int[total];
        int[] positions = new int[total];
        Arrays.fill(sources, -1);
        for (int access = 0; access < combination.count; access++) {
          int event = start[combination.threads[access]] + combination.original(access);
          if (isWrite(access)) {
            positions[event] = position[access];
          } else {
            int from = source[access];
            sources[event] = from < 0
                ? combination.cells[access]
                : start[combination.threads[from]] + combination.original(from);
          }
        }
        if (model.allows(new CandidateExecution(events, cells, sources, positions))) {
          record();
        }
      }

      private void record() {
        long[] state = new long[test.observables().size()];
        for (int index = 0; index < state.length; index++) {
          state[index] = switch (test.observables().get(index)) {
            case Observable.Register register -> {
              ThreadPath path = combination.paths[register.thread()].path;
              yield path.expressions().evaluate(path.registers()[register.register()], values[register.thread()]);
            }
            case Observable.Cell cell -> finalValue(cell.cell());
          };
        }
        if (test.filter().isEmpty() || test.filter().get().holds(state)) {
          outcomes.add(new Outcome(Arrays.copyOf(state, test.shown())), 1);
        }
      }

      private long finalValue(int cell) {
        int last = Long.bitCount(combination.writesOfCell[cell]);
        for (long rest = combination.writesOfCell[cell]; rest != 0; rest &= rest - 1) {
          int write = Long.numberOfTrailingZeros(rest);
          if (position[write] == last) {
            return combination.written(write, values);
          }
        }
        return test.memory().cells().get(cell).initial();
      }
    }
  }
}
