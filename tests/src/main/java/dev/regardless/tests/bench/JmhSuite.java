package dev.regardless.tests.bench;

import dev.regardless.cli.BenchmarkSuite;
import dev.regardless.cli.ExitCode;
import dev.regardless.input.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs this module's benchmarks with JMH, each in virtual machines of its own, and reports allocation with every result.
 */
public final class JmhSuite implements BenchmarkSuite {
  /** What the launcher gives the program; the heap is fixed so that collections cost the same everywhere. */
  private static final String[] JVM_ARGUMENTS = {"--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xms2g", "-Xmx2g"};

  /** For {@link java.util.ServiceLoader}. */
  public JmhSuite() {}

  @Override
  public List<String> names() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    OutputFormat silent = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream().map(entry -> entry.getUsername()).sorted()
        .distinct().toList();
  }

  @Override
  public int run(Request request) {
    ChainedOptionsBuilder options = new OptionsBuilder().jvmArgs(JVM_ARGUMENTS).addProfiler(GCProfiler.class)
        .shouldFailOnError(true);
    for (String pattern : request.patterns()) {
      options.include(checkedPattern(pattern));
    }
    for (String parameter : request.parameters()) {
      addParameter(options, parameter);
    }
    if (request.quick()) {
      TimeValue second = new TimeValue(1, TimeUnit.SECONDS);
      options.forks(1).warmupIterations(2).warmupTime(second).measurementIterations(2).measurementTime(second);
    }
    request.json().ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(checkedFile(file)));
    return run(options);
  }

  private static int run(ChainedOptionsBuilder options) {
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      if (results.isEmpty()) {
        throw BadInputException.in("bench", "no benchmark matches", "a name that 'bench --list' prints a part of");
      }
      return ExitCode.HOLDS;
    } catch (RunnerException failure) {
      throw BadInputException.in("bench", String.valueOf(failure.getMessage()), "benchmarks that run")
          .causedBy(failure);
    }
  }

  private static void addParameter(ChainedOptionsBuilder options, String parameter) {
    int equals = parameter.indexOf('=');
    if (equals <= 0 || equals == parameter.length() - 1) {
      throw BadInputException.in("bench", "'" + parameter + "' is no parameter", "NAME=VALUE[,VALUE...]");
    }
    options.param(parameter.substring(0, equals), parameter.substring(equals + 1).split(",", -1));
  }

  private static String checkedPattern(String pattern) {
    try {
      return Pattern.compile(pattern).pattern();
    } catch (PatternSyntaxException wrong) {
      throw BadInputException.in("bench", "'" + pattern + "': " + wrong.getDescription(), "a regular expression")
          .causedBy(wrong);
    }
  }

  /** JMH would fail only after hours of measuring. */
  private static String checkedFile(Path file) {
    try {
      Files.writeString(file, "");
      return file.toString();
    } catch (IOException unwritable) {
      throw BadInputException.in(file.toString(), "cannot be written", "a file in a folder that exists")
          .causedBy(unwritable);
    }
  }
}
