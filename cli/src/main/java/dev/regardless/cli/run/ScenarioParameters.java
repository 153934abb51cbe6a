package dev.regardless.cli.run;

import dev.regardless.cli.config.RunConfiguration;
import dev.regardless.cli.config.Settings;
import dev.regardless.input.BadInputException;
import dev.regardless.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the scenario that a configuration names, and says what is wrong with its parameters in terms of the file. */
final class ScenarioParameters {

  private static final Pattern WRONG_VALUE = Pattern.compile("(?:parameter )?([a-z0-9.-]+): expected (.*)",
      Pattern.DOTALL);

  private static final Pattern UNKNOWN_NAME = Pattern.compile("unknown [^']* '([^']*)'; expected (.*)", Pattern.DOTALL);

  private ScenarioParameters() {}

  /**
   * The scenario of {@code workload} among {@code all}, whose block has only parameters that it knows.
   *
   * @throws BadInputException otherwise
   */
  static Scenario scenario(List<Scenario> all, Settings settings, RunConfiguration configuration) {
    Scenario scenario = all.stream()
        .filter(each -> each.name().equals(configuration.workload()))
        .findFirst()
        .orElseThrow(() -> settings.refuse(
            "workload", "one of " + String.join(", ", all.stream().map(Scenario::name).toList())));
    Set<String> known = scenario.parameters().keySet();
    for (String name : configuration.parameters().keySet()) {
      if (!known.contains(name)) {
        throw settings.unknown(
            scenario.name() + '.' + name, "one of " + String.join(", ", known));
      }
    }
    return scenario;
  }

  /**
   * Turns a scenario's complaint, {@code NAME: expected ...} or {@code unknown thing 'VALUE'; expected ...}, into a refusal
   * that names the file.
   */
  static BadInputException refuse(
      Scenario scenario,
      Map<String, String> given,
      IllegalArgumentException complaint,
      BiFunction<String, String, BadInputException> refusal) {
    String message = String.valueOf(complaint.getMessage());
    Matcher matcher = WRONG_VALUE.matcher(message);
    if (matcher.matches()) {
      return refusal.apply(scenario.name() + '.' + matcher.group(1), matcher.group(2)).causedBy(complaint);
    }
    Matcher unknown = UNKNOWN_NAME.matcher(message);
    if (unknown.matches()) {
      for (Map.Entry<String, String> entry : given.entrySet()) {
        if (List.of(entry.getValue().split(",", -1)).contains(unknown.group(1))) {
          return refusal.apply(scenario.name() + '.' + entry.getKey(), unknown.group(2)).causedBy(complaint);
        }
      }
    }
    return BadInputException.in(scenario.name(), message, "parameters as `regardless list` shows them")
        .causedBy(complaint);
  }
}
