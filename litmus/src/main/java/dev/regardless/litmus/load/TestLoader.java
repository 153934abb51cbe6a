package dev.regardless.litmus.load;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.InstructionSet;
import dev.regardless.isa.InstructionSets;
import dev.regardless.isa.RegisterFile;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.LitmusReader;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.LitmusThread;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.Proposition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads tests and makes them ready for the engines. */
public final class TestLoader {
  private TestLoader() {}

  /**
   * Loads a file.
   *
   * @throws BadInputException        if it is not a litmus test; the message names line and column
   * @throws UnsupportedTestException if it needs what is not built in
   */
  public static LoadedTest load(Path file) {
    return assemble(LitmusReader.read(file));
  }

  /**
   * Loads a test from memory.
   *
   * @param file the name for messages
   * @throws BadInputException        if it is not a litmus test; the message names line and column
   * @throws UnsupportedTestException if it needs what is not built in
   */
  public static LoadedTest load(String file, String text) {
    return assemble(LitmusReader.parse(file, text));
  }

  private static LoadedTest assemble(ParsedTest parsed) {
    InstructionSet isa = InstructionSets.named(parsed.architecture()).orElseThrow(() -> new UnsupportedTestException(
        parsed.file() + ": not supported: architecture '" + parsed.architecture() + "'"));
    RegisterFile registers = isa.registers();
    TypeNames types = new TypeNames(registers.width(registers.name(0)));
    Labels labels = new Labels(parsed);
    MemoryBuilder memory = new MemoryBuilder(parsed.file(), types, parsed.initial());
    ValueResolver values = new ValueResolver(parsed.file(), memory, labels);
    SymbolicRegisters symbolic = new SymbolicRegisters(registers, parsed);
    List<LitmusThread> threads = threads(parsed, isa, memory, labels, symbolic, values);
    ObservableTable table = new ObservableTable(parsed, registers, memory, symbolic, types);
    MemoryLayout layout = new MemoryLayout(memory.cells(values));
    table.finish(layout);
    ConditionCompiler conditions = new ConditionCompiler(table, values);
    Optional<Proposition> filter = parsed.filter() == Formula.TRUE
        ? Optional.empty()
        : Optional.of(conditions.compile(parsed.filter()));
    LitmusTest test = new LitmusTest(parsed.file(), parsed.name(), isa,
        Collections.unmodifiableMap(parsed.metadata()), threads, layout, table.observables(),
        table.shownObservables(), parsed.quantifier(), conditions.compile(parsed.condition()), filter);
    String text = new ConditionText(table).text(parsed.quantifier(), parsed.condition());
    return new LoadedTest(parsed, test, table.shown(), text);
  }

  private static List<LitmusThread> threads(ParsedTest parsed, InstructionSet isa, MemoryBuilder memory, Labels labels,
      SymbolicRegisters symbolic, ValueResolver values) {
    ThreadBuilder builder = new ThreadBuilder(isa, memory, labels, symbolic);
    List<LitmusThread> threads = new ArrayList<>();
    for (int thread = 0; thread < parsed.threads().size(); thread++) {
      long[] initial = new long[isa.registers().count()];
      threads.add(builder.build(thread, parsed.threads().get(thread), initial));
    }
    for (Binding binding : parsed.initial()) {
      if (binding.place() instanceof Place.Register register) {
        initialise(register, binding, threads, isa, symbolic, values);
      }
    }
    return List.copyOf(threads);
  }

  private static void initialise(Place.Register register, Binding binding, List<LitmusThread> threads,
      InstructionSet isa, SymbolicRegisters symbolic, ValueResolver values) {
    if (register.thread() >= threads.size()) {
      throw binding.position().error("register " + register, "a thread from 0 to " + (threads.size() - 1));
    }
    long value = values.resolve(binding.value());
    int number = isa.registers().find(register.name());
    if (number >= 0 && register.thread() >= 0) {
      threads.get(register.thread()).initialRegisters()[number] = value;
      return;
    }
    if (number == RegisterFile.ZERO && value == 0) {
      return;
    }
    if (!register.name().startsWith("%")) {
      throw binding.position().error("'" + register.name() + "'", "a register of " + isa.name());
    }
    String name = register.name().substring(1);
    for (LitmusThread thread : threads) {
      boolean meant = register.thread() == Place.Register.EVERY_THREAD
          ? symbolic.isUsed(thread.name(), name)
          : register.thread() == thread.name();
      if (meant) {
        symbolic.register(thread.name(), name)
            .ifPresent(free -> thread.initialRegisters()[(int) free] = value);
      }
    }
  }
}
