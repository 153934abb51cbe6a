package dev.regardless.cli.run;

import dev.regardless.cli.run.RunSummary.Distribution;
import dev.regardless.emulation.Violation;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Summaries as JSON: the same content as the text, keys in camel case, durations in emulated cycles. */
final class SummaryJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SummaryJson() {}

  /** An indented document ending in a newline. */
  static String document(List<RunSummary> summaries) {
    ObjectNode root = NODES.objectNode();
    ArrayNode runs = root.putArray("summaries");
    summaries.forEach(summary -> runs.add(node(summary)));
    ObjectWriter writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    return writer.writeValueAsString(root).replace("\r\n", "\n") + "\n";
  }

  private static ObjectNode node(RunSummary summary) {
    ObjectNode node = NODES.objectNode();
    node.put("architecture", summary.architecture());
    node.put("primitives", summary.primitives());
    node.put("scenario", summary.scenario());
    node.put("cpus", summary.cpus());
    node.put("scheduler", summary.scheduler());
    node.put("seed", summary.seed());
    node.put("runs", summary.runs());
    node.put("verdict", summary.verdict());
    ObjectNode counts = node.putObject("counts");
    summary.counts().forEach((name, count) -> counts.put(camelCase(name), count));
    if (!summary.unit().isEmpty()) {
      ObjectNode costs = node.putObject("per" + capital(camelCase(summary.unit())));
      for (String cost : RunSummary.COSTS) {
        double value = summary.perUnit(Map.entry(cost, summary.counts().getOrDefault(cost, 0L)));
        if (!Double.isNaN(value)) {
          costs.put(camelCase(cost), value);
        }
      }
    }
    ObjectNode durations = node.putObject("durations");
    summary.durations().forEach((name, distribution) -> durations.set(camelCase(name), node(distribution)));
    if (!summary.outcomes().isEmpty()) {
      ObjectNode outcomes = node.putObject("outcomes");
      summary.outcomes().forEach(outcomes::put);
    }
    ArrayNode violations = node.putArray("violations");
    summary.violations().forEach(violation -> violations.add(node(violation)));
    ArrayNode notes = node.putArray("notes");
    summary.notes().forEach(notes::add);
    return node;
  }

  private static ObjectNode node(Distribution distribution) {
    ObjectNode node = NODES.objectNode();
    node.put("count", distribution.count());
    node.put("median", distribution.median());
    node.put("p90", distribution.p90());
    node.put("p99", distribution.p99());
    node.put("p999", distribution.p999());
    node.put("maximum", distribution.maximum());
    return node;
  }

  private static ObjectNode node(Violation violation) {
    ObjectNode node = NODES.objectNode();
    node.put("property", violation.kind().id());
    node.put("message", violation.message());
    node.put("thread", violation.thread());
    node.put("cycles", violation.cycles());
    node.put("access", violation.access());
    ArrayNode frames = node.putArray("frames");
    violation.frames().forEach(frames::add);
    return node;
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** {@code cache misses} becomes {@code cacheMisses}. */
  private static String camelCase(String name) {
    StringBuilder result = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      result.append(result.isEmpty() || word.isEmpty() ? word : capital(word));
    }
    return result.toString();
  }
}
