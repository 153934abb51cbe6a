package dev.regardless.tests.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.checker.CheckSettings;
import dev.regardless.checker.Checker;
import dev.regardless.emulation.Emulator;
import dev.regardless.emulation.EmulatorSettings;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.ThreadKind;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioContext.Register;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A spawn publishes what its spawner did to the child and is no barrier for the spawner: store buffering with a spawn
 * between the store and the load keeps its weak outcome, and the child sees the store. Both engines agree on that.
 */
class SpawnOrderTest {

  private static final int RUNS = 20_000;

  private static final class Cells extends KernelObject {
    final LongCell x;
    final LongCell y;

    Cells(CellFactory cells) {
      super(cells);
      x = new LongCell(cells, "x");
      y = new LongCell(cells, "y");
    }
  }

  /** x = 1; spawn {ry = y; rx = x}; r0 = y beside y = 1; smp_mb; r1 = x. */
  private record StoreBufferingThroughSpawn() implements Scenario {
    @Override
    public String name() {
      return "sb-spawn";
    }

    @Override
    public String description() {
      return "store buffering with a spawn in between";
    }

    @Override
    public void setUp(ScenarioContext context) {
      Cells cells = context.create("cells", Cells::new);
      Register r0 = context.register("r0");
      Register r1 = context.register("r1");
      Register rx = context.register("rx");
      Register ry = context.register("ry");
      Runnable child = () -> {
        ry.set(cells.y.readOnce());
        rx.set(cells.x.readOnce());
      };
      context.thread("spawner", () -> {
        cells.x.writeOnce(1);
        context.machine().spawn(ThreadKind.WORKER, child, 0);
        r0.set(cells.y.readOnce());
      });
      context.thread("other", () -> {
        cells.y.writeOnce(1);
        context.machine().primitives().smpMb();
        r1.set(cells.x.readOnce());
      });
    }
  }

  @ParameterizedTest
  @CsvSource({
      // r0 r1 rx ry
      "sc,    0110 0111 1011 1110 1111",
      "x86,   0011 0110 0111 1011 1110 1111",
      "arm64, 0011 0110 0111 1011 1110 1111"})
  void bothEnginesShowExactly(String name, String expected) {
    Architecture architecture = Architectures.named(name);
    Set<String> outcomes = Stream.of(expected.split(" ")).collect(Collectors.toCollection(TreeSet::new));
    Scenario scenario = new StoreBufferingThroughSpawn();
    assertEquals(outcomes, new Checker(scenario, architecture, CheckSettings.plain(Map.of())).run().outcomes().keySet()
        .stream().map(registers -> digits(registers.stream().mapToLong(Long::longValue)))
        .collect(Collectors.toCollection(TreeSet::new)), "checker");
    Emulator emulator = Emulator.random(architecture, EmulatorSettings.of(4), 1);
    emulator.setUp(scenario, Map.of());
    Set<String> shown = new TreeSet<>();
    for (int run = 0; run < RUNS; run++) {
      shown.add(digits(LongStream.of(emulator.run().registers())));
    }
    assertEquals(outcomes, shown, "emulation");
  }

  private static String digits(LongStream registers) {
    return registers.mapToObj(Long::toString).collect(Collectors.joining());
  }
}
