package dev.regardless.litmus.compare;

import dev.regardless.axiomatic.LocalOrder;
import dev.regardless.axiomatic.LocalOrders;
import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngine;
import dev.regardless.litmus.generic.GenericTranslator;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.load.TestLoader;
import dev.regardless.litmus.outcome.Outcome;
import dev.regardless.litmus.report.StatePrinter;
import dev.regardless.litmus.syntax.LitmusReader;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.Proposition;
import dev.regardless.litmus.test.Quantifier;
import dev.regardless.litmus.test.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs one test under several models and lines the outcomes up. Every model is compared with sequential consistency,
 * which comes first.
 */
public final class ModelComparison {
  private static final String SEQUENTIAL = "sc";
  private static final ValueType WHOLE = new ValueType(8, false, false);

  private final LitmusEngine engine;
  private final ExplorationLimits limits;
  private final List<ComparedModel> models = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private String title = "";

  private ModelComparison(LitmusEngine engine, ExplorationLimits limits) {
    this.engine = engine;
    this.limits = limits;
  }

  /**
   * A compared test.
   *
   * @param name      the test
   * @param condition its condition as printed for the first model
   * @param models    the columns, sequential consistency first
   * @param outcomes  the rows
   */
  public record Comparison(String name, String condition, List<ComparedModel> models,
      List<ComparedOutcome> outcomes) {}

  /**
   * Compares a test.
   *
   * @param engine must keep examples
   * @throws BadInputException        if the file is not a litmus test
   * @throws UnsupportedTestException if it needs what is not built in, or a limit was reached
   */
  public static Comparison of(Path file, LitmusEngine engine, ExplorationLimits limits) {
    return new ModelComparison(engine, limits).compare(LitmusReader.read(file));
  }

  private Comparison compare(ParsedTest parsed) {
    title = parsed.name();
    if (parsed.architecture().equals(GenericTranslator.ARCHITECTURE)) {
      for (GenericMapping mapping : GenericMapping.all()) {
        LoadedTest loaded = TestLoader.load(parsed.file(), GenericTranslator.translate(parsed, mapping));
        if (models.isEmpty()) {
          add(SEQUENTIAL, SEQUENTIAL, loaded);
          for (int thread = 0; thread < parsed.threads().size(); thread++) {
            for (int register = 0; register < GenericMapping.REGISTERS; register++) {
              names.put(thread + ":" + mapping.register(register) + "=", thread + ":r" + register + "=");
            }
          }
        }
        String model = loaded.test().isa().defaultModel();
        add(model + " (" + mapping.architecture() + ")", model, loaded);
      }
    } else {
      LoadedTest loaded = TestLoader.load(Path.of(parsed.file()));
      add(SEQUENTIAL, SEQUENTIAL, loaded);
      add(loaded.test().isa().defaultModel(), loaded.test().isa().defaultModel(), loaded);
    }
    if (models.isEmpty()) {
      throw new UnsupportedTestException(parsed.file() + ": not supported: no architecture maps generic operations");
    }
    return new Comparison(title, renamed(models.getFirst().loaded().conditionText()), List.copyOf(models), rows());
  }

  private void add(String label, String model, LoadedTest loaded) {
    Exploration exploration = engine.explore(loaded.test(), model, limits);
    if (!exploration.complete()) {
      throw new UnsupportedTestException(title + ": a limit was reached under " + label + "; no answer");
    }
    models.add(new ComparedModel(label, model, loaded, exploration));
  }

  private String renamed(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private List<ComparedOutcome> rows() {
    Map<List<Long>, Outcome> outcomes = new LinkedHashMap<>();
    LoadedTest first = models.getFirst().loaded();
    List<Outcome> all = new ArrayList<>();
    for (ComparedModel model : models) {
      for (Outcome outcome : model.exploration().outcomes().outcomes()) {
        if (outcomes.putIfAbsent(key(outcome), outcome) == null) {
          all.add(outcome);
        }
      }
    }
    StatePrinter printer = new StatePrinter(first);
    List<ComparedOutcome> rows = new ArrayList<>();
    for (Outcome outcome : printer.sorted(all)) {
      List<Boolean> allowed = new ArrayList<>();
      List<String> explanations = new ArrayList<>();
      for (ComparedModel model : models) {
        boolean allows = model.exploration().outcomes().outcomes().contains(outcome);
        allowed.add(allows);
        if (allows && !allowed.getFirst()) {
          explanations.add(model.label() + ": " + explain(model, outcome));
        }
      }
      rows.add(new ComparedOutcome(renamed(printer.text(outcome)),
          first.test().condition().holds(outcome.values()), allowed, explanations));
    }
    return rows;
  }

  private static List<Long> key(Outcome outcome) {
    List<Long> key = new ArrayList<>();
    for (long value : outcome.values()) {
      key.add(value);
    }
    return key;
  }

  /** Looks for one execution with exactly this outcome and explains it. */
  private String explain(ComparedModel model, Outcome outcome) {
    LitmusTest test = model.loaded().test();
    List<Proposition> parts = new ArrayList<>();
    for (int observable = 0; observable < test.shown(); observable++) {
      parts.add(new Proposition.HasValue(observable, WHOLE, outcome.values()[observable]));
    }
    LitmusTest wanted = new LitmusTest(test.source(), test.name(), test.isa(), test.metadata(), test.threads(),
        test.memory(), test.observables(), test.shown(), Quantifier.EXISTS, new Proposition.And(List.copyOf(parts)),
        test.filter());
    ExplorationLimits one = new ExplorationLimits(limits.states(), limits.milliseconds(), limits.unrollings(), 1);
    Optional<LocalOrder> order = LocalOrders.named(model.model());
    return engine.explore(wanted, model.model(), one).examples().stream().filter(example -> example.satisfies())
        .findFirst().flatMap(example -> order.map(each -> WeaknessExplanation.explain(model.loaded(), example, each)))
        .orElse("no execution kept");
  }
}
