package dev.regardless.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The benchmarks, found on the class path by {@link java.util.ServiceLoader}. They live in the {@code tests} module, so
 * that the program itself carries no benchmark harness; the launcher puts them on the class path for {@code bench}.
 */
public interface BenchmarkSuite {
  /**
   * What to measure.
   *
   * @param patterns   regular expressions; a benchmark is chosen if one of them is found in its full name
   * @param parameters {@code NAME=VALUE[,VALUE...]}, each narrowing a benchmark parameter
   * @param quick      one short trial in place of a measurement worth quoting
   * @param json       where to write JMH's JSON, if anywhere
   */
  record Request(List<String> patterns, List<String> parameters, boolean quick, Optional<Path> json) {
    /** Copies its lists. */
    public Request {
      patterns = List.copyOf(patterns);
      parameters = List.copyOf(parameters);
    }
  }

  /** Full names of all benchmarks, sorted. */
  List<String> names();

  /**
   * Runs the benchmarks asked for and prints what they reached to standard output.
   *
   * @return an {@link ExitCode}
   * @throws dev.regardless.input.BadInputException if nothing matches or the JSON file cannot be written
   */
  int run(Request request);
}
