package dev.regardless.cli.check;

import dev.regardless.checker.CheckResult;
import dev.regardless.checker.Counterexample;
import dev.regardless.checker.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reports as JSON: an array with one object for each check. */
final class CheckJson {

  private CheckJson() {}

  static String of(List<CheckReport> reports) {
    List<Map<String, Object>> array = new ArrayList<>();
    for (CheckReport report : reports) {
      array.add(report(report));
    }
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(array);
  }

  private static Map<String, Object> report(CheckReport report) {
    CheckResult result = report.result();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("scenario", report.scenario());
    object.put("architecture", report.architecture());
    object.put("parameters", new TreeMap<>(report.parameters()));
    object.put("verdict", result.verdict().text());
    object.put("executions", result.executions());
    object.put("blocked", result.blocked());
    object.put("cut", result.cut());
    if (!result.limit().isEmpty()) {
      object.put("limit", result.limit());
      object.put("openBranches", result.open());
      Estimate estimate = result.estimate();
      if (estimate != null) {
        object.put("estimate", estimate(estimate));
      }
    }
    if (!result.registers().isEmpty()) {
      object.put("registers", result.registers());
      List<Map<String, Object>> outcomes = new ArrayList<>();
      result.outcomes().forEach((values, count) -> {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("values", values);
        outcome.put("executions", count);
        outcomes.add(outcome);
      });
      object.put("outcomes", outcomes);
    }
    Counterexample example = result.counterexample();
    if (example != null) {
      object.put("violation", violation(example));
    }
    object.put("command", report.command());
    if (!report.resume().isEmpty()) {
      object.put("resume", report.resume());
    }
    return object;
  }

  private static Map<String, Object> estimate(Estimate estimate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("executions", Math.round(estimate.executions()));
    object.put("standardError", Math.round(estimate.error()));
    object.put("descents", estimate.descents());
    return object;
  }

  private static Map<String, Object> violation(Counterexample example) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("property", example.kind().id());
    object.put("message", example.message());
    object.put("thread", example.thread());
    object.put("contextSwitches", example.switches());
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Counterexample.Step step : example.steps()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("thread", example.threads().get(step.thread()));
      line.put("action", step.action());
      line.put("function", step.function());
      if (!step.note().isEmpty()) {
        line.put("note", step.note());
      }
      steps.add(line);
    }
    object.put("steps", steps);
    return object;
  }
}
