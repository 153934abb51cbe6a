package dev.regardless.aio.workload;

import dev.regardless.aio.AioParameters;
import dev.regardless.aio.poll.AioPollDesign;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverParameter;
import dev.regardless.vfs.DriverSettings;
import dev.regardless.vfs.Drivers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link AioWorkloadParameters} as configuration has them: texts by name. A driver's parameters are
 * {@code driver.<driver>.<parameter>}, a design's {@code design-parameters.<design>.<parameter>}.
 */
final class WorkloadConfiguration {

  private WorkloadConfiguration() {}

  /** All names with their defaults: the poll storm. */
  static SortedMap<String, String> defaults() {
    SortedMap<String, String> values = new TreeMap<>();
    values.put("design", "linux-5.1");
    values.put("page-bytes", "4096");
    values.put("maximum-requests", "65536");
    values.put("ring-events", "0");
    values.put("files", "eventfd");
    values.put("file-count", "64");
    values.put("contexts", "2");
    values.put("context-requests", "128");
    values.put("pollers", "2");
    values.put("requests", "1000000");
    values.put("depth", "16");
    values.put("batch", "4");
    values.put("writers", "2");
    values.put("writer-pause", "0");
    values.put("cancellers", "0");
    values.put("canceller-pause", "0");
    values.put("closers", "0");
    values.put("closer-pause", "0");
    values.put("reapers", "0");
    values.put("reap-minimum", "1");
    values.put("reap-most", "16");
    values.put("timeout", "0");
    values.put("ring-reaping", "false");
    values.put("drain", "true");
    values.put("program-seed", "1");
    for (AioPollDesign design : AioPollDesigns.all()) {
      design.parameters().forEach((name, value) -> values.put(designKey(design, name), value));
    }
    for (Driver driver : Drivers.all()) {
      for (DriverParameter parameter : driver.parameters()) {
        values.put(driverKey(driver, parameter), parameter.defaultValue());
      }
    }
    return values;
  }

  private static String designKey(AioPollDesign design, String name) {
    return "design-parameters." + design.name() + '.' + name;
  }

  private static String driverKey(Driver driver, DriverParameter parameter) {
    return "driver." + driver.name() + '.' + parameter.name();
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the parameter whose value is unusable
   */
  static AioWorkloadParameters of(ScenarioContext scenario) {
    AioPollDesign design = AioPollDesigns.named(scenario.parameter("design"));
    Map<String, String> designParameters = new TreeMap<>();
    design.parameters().keySet()
        .forEach(name -> designParameters.put(name, scenario.parameter(designKey(design, name))));
    return new AioWorkloadParameters(
        design.name(),
        designParameters,
        new AioParameters(
            scenario.number("page-bytes"), scenario.number("maximum-requests"), scenario.number("ring-events")),
        files(scenario),
        scenario.number("file-count"),
        scenario.number("contexts"),
        scenario.number("context-requests"),
        scenario.number("pollers"),
        scenario.number("requests"),
        scenario.number("depth"),
        scenario.number("batch"),
        scenario.number("writers"),
        scenario.number("writer-pause"),
        scenario.number("cancellers"),
        scenario.number("canceller-pause"),
        scenario.number("closers"),
        scenario.number("closer-pause"),
        scenario.number("reapers"),
        scenario.number("reap-minimum"),
        scenario.number("reap-most"),
        scenario.number("timeout"),
        flag(scenario, "ring-reaping"),
        flag(scenario, "drain"),
        scenario.number("program-seed"));
  }

  private static List<AioWorkloadParameters.FileKind> files(ScenarioContext scenario) {
    List<AioWorkloadParameters.FileKind> kinds = new ArrayList<>();
    for (String name : scenario.parameter("files").split(",", -1)) {
      Driver driver = Drivers.named(name.strip());
      Map<String, String> values = new TreeMap<>();
      driver.parameters().forEach(
          parameter -> values.put(parameter.name(), scenario.parameter(driverKey(driver, parameter))));
      kinds.add(new AioWorkloadParameters.FileKind(driver, new DriverSettings(driver, values)));
    }
    return kinds;
  }

  private static boolean flag(ScenarioContext scenario, String name) {
    String value = scenario.parameter(name);
    return switch (value) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default ->
        throw new IllegalArgumentException("parameter %s: expected on or off, got '%s'".formatted(name, value));
    };
  }
}
