package dev.regardless.tests.litmus;

import dev.regardless.litmus.engine.ExplorationLimits;
import dev.regardless.litmus.engine.LitmusEngines;
import dev.regardless.litmus.report.HerdLog;
import dev.regardless.litmus.report.LogComparison;
import dev.regardless.litmus.report.LogEntry;
import dev.regardless.litmus.run.TestResult;
import dev.regardless.litmus.run.TestRun;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Damages litmus files and demands an orderly end of each: an answer whose log can be read back, or one line that names
 * the file, in less than a second of CPU time.
 *
 * <p>{@code main} takes a number of files and a seed; test {@code n} of a seed is always the same text.
 */
final class LitmusFuzz {
  private static final long MOST_NANOSECONDS = 1_000_000_000L;
  private static final ExplorationLimits LIMITS = new ExplorationLimits(5_000, 300, 2, 0);
  private static final List<String> WORDS = List.of("exists", "forall", "~", "(", ")", "[", "]", "{", "}", ";", "|",
      ":", "=", "/\\", "\\/", "=>", "(*", "*)", "\"", "P0", "P9", "0:X1", "x", "&x", "int", "uint8_t", "*", "-1",
      "0x", "99999999999999999999", "18446744073709551615", "L0:", "B L0", "LDR W0,[X1]", "STR W0,[X1]",
      "CAS W0,W1,[X1]", "LDXR W0,[X1]", "DMB", "movl $1,(x)", "xchgl %eax,(x)", "mfence", "locations [x;]", "filter",
      "with", "label:\"P0:L0\"", "instr:\"NOP\"", "%r", "\n", "\u00e9", "\0", "AArch64", "X86_64", "X86", "C",
      "Generic");
  private static final Path FILE = Path.of("fuzz.litmus");

  /** How tests ended. */
  enum Ending {
    ANSWERED, MALFORMED, REFUSED, GAVE_UP
  }

  private final List<String> sources;
  private final TestRun run = new TestRun(LitmusEngines.named("axiomatic"), Optional.empty(), LIMITS, Map.of());
  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
  private final List<String> problems = new ArrayList<>();

  LitmusFuzz() {
    sources = CorpusGenerator.files().entrySet().stream()
        .filter(file -> file.getKey().matches("(aarch64|x86_64)/.*[.]litmus"))
        .map(Map.Entry::getValue).toList();
  }

  /** Runs tests {@code 0 .. count-1} of a seed and prints how they ended; exit code 1 if one did not end well. */
  public static void main(String[] arguments) {
    long count = Long.parseLong(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    LitmusFuzz fuzz = new LitmusFuzz();
    for (long test = 0; test < count; test++) {
      fuzz.run(seed, test);
    }
    System.out.println(count + " damaged files: " + fuzz.endings);
    fuzz.problems.forEach(System.out::println);
    System.exit(fuzz.problems.isEmpty() ? 0 : 1);
  }

  Map<Ending, Long> endings() {
    return endings;
  }

  List<String> problems() {
    return problems;
  }

  /** The damaged text of one test. */
  String text(long seed, long test) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + test);
    StringBuilder text = new StringBuilder(sources.get(random.nextInt(sources.size())));
    int damages = 1 + random.nextInt(8) / 6;
    for (int damage = 0; damage < damages; damage++) {
      damage(text, random);
    }
    return text.toString();
  }

  private void damage(StringBuilder text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int length = Math.min(text.length() - at, 1 + random.nextInt(12));
    switch (random.nextInt(7)) {
      case 0 -> text.delete(at, at + length);
      case 1 -> text.insert(at, text.substring(at, at + length));
      case 2 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
      case 3 -> text.replace(at, at + length, WORDS.get(random.nextInt(WORDS.size())));
      case 4 -> text.insert(at, (char) random.nextInt(256));
      case 5 -> {
        String other = sources.get(random.nextInt(sources.size()));
        int from = random.nextInt(other.length());
        text.insert(at, other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(80))));
      }
      default -> {
        if (at + length < text.length()) {
          int digit = at;
          while (digit < text.length() && !Character.isDigit(text.charAt(digit))) {
            digit++;
          }
          if (digit < text.length()) {
            text.setCharAt(digit, (char) ('0' + random.nextInt(10)));
          }
        }
      }
    }
  }

  void run(long seed, long test) {
    String text = text(seed, test);
    long start = clock.getCurrentThreadCpuTime();
    TestResult result = run.answer(FILE, text);
    long spent = clock.getCurrentThreadCpuTime() - start;
    String problem = problem(result);
    if (problem.isEmpty() && spent > MOST_NANOSECONDS) {
      problem = "took " + spent / 1_000_000 + " ms";
    }
    if (!problem.isEmpty()) {
      problems.add("seed " + seed + " test " + test + ": " + problem + "\n" + text);
    }
  }

  private String problem(TestResult result) {
    switch (result) {
      case TestResult.Answered answered -> {
        end(Ending.ANSWERED);
        return unreadable(answered.entry());
      }
      case TestResult.Malformed malformed -> {
        end(Ending.MALFORMED);
        return orderly(malformed.message());
      }
      case TestResult.Refused refused -> {
        end(Ending.REFUSED);
        return orderly(refused.message());
      }
      case TestResult.GaveUp _ -> {
        end(Ending.GAVE_UP);
        return "";
      }
      case TestResult.Failed failed -> {
        StackTraceElement[] trace = failed.failure().getStackTrace();
        return failed.failure() + (trace.length == 0 ? "" : " at " + trace[0]);
      }
      case TestResult.Disagreed disagreed -> {
        return disagreed.differences().toString();
      }
    }
  }

  private void end(Ending ending) {
    endings.merge(ending, 1L, Long::sum);
  }

  private static String orderly(String message) {
    return message.startsWith(FILE.toString()) && message.lines().count() == 1 ? "" : "message: " + message;
  }

  private static String unreadable(LogEntry entry) {
    Map<String, LogEntry> read = HerdLog.parse("log", HerdLog.text(entry).lines().toList());
    LogEntry again = read.get(entry.name());
    return again == null || !LogComparison.differences(entry, again, true).isEmpty()
        ? "log not read back: " + HerdLog.text(entry)
        : "";
  }
}
