package dev.regardless.scenario.shapes;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioContext.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A litmus shape. Its outcome: the value of each read, thread by thread, then the final value of each location that is
 * written more than once.
 */
abstract class Shape implements Scenario {

  private static final String LOCATIONS = "xyz";

  private final String name;
  private final String description;
  private final String code;

  /**
   * @param code threads separated by {@code |}, of writes like {@code Wx=1} and reads like {@code Ry} to x, y and z
   */
  Shape(String name, String description, String code) {
    this.name = name;
    this.description = description;
    this.code = code;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return "%s: %s".formatted(description, code);
  }

  @Override
  public final SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("form", Form.PLAIN.id());
    return parameters;
  }

  @Override
  public final void setUp(ScenarioContext context) {
    Form form = Form.of(context.parameter("form"));
    Variables variables = context.create("shape", Variables::new);
    String[] threads = code.split("\\|");
    for (int thread = 0; thread < threads.length; thread++) {
      List<Step> steps = new ArrayList<>();
      for (String text : threads[thread].trim().split(" ")) {
        LongCell cell = variables.cells[LOCATIONS.indexOf(text.charAt(1))];
        boolean reads = text.charAt(0) == 'R';
        steps.add(
            reads
                ? new Step(cell, 0, context.register("%d:%s".formatted(thread, text)))
                : new Step(cell, text.charAt(3) - '0', null));
      }
      KernelPrimitives primitives = context.machine().primitives();
      List<Step> body = List.copyOf(steps);
      context.thread("P" + thread, () -> perform(form, primitives, body));
    }
    observeFinalValues(context, variables);
  }

  private void observeFinalValues(ScenarioContext context, Variables variables) {
    for (int i = 0; i < LOCATIONS.length(); i++) {
      String location = LOCATIONS.substring(i, i + 1);
      if (code.indexOf("W" + location) != code.lastIndexOf("W" + location)) {
        LongCell cell = variables.cells[i];
        Register register = context.register(location);
        context.atEnd(() -> register.set(cell.readOnce()));
      }
    }
  }

  private static void perform(Form form, KernelPrimitives primitives, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (i > 0) {
        form.between(primitives, steps.get(i - 1).reads(), step.reads());
      }
      if (step.register == null) {
        form.write(primitives, step.cell, step.value);
      } else {
        step.register.set(form.read(step.cell));
      }
    }
  }

  /** A read into a register, or a write of a value. */
  private record Step(LongCell cell, long value, @Nullable Register register) {
    boolean reads() {
      return register != null;
    }
  }

  private static final class Variables extends KernelObject {
    final LongCell[] cells = new LongCell[LOCATIONS.length()];

    Variables(CellFactory factory) {
      super(factory);
      for (int i = 0; i < cells.length; i++) {
        cells[i] = new LongCell(factory, LOCATIONS.substring(i, i + 1));
      }
    }
  }
}
