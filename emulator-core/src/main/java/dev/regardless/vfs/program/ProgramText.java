package dev.regardless.vfs.program;

import dev.regardless.vfs.Errno;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.RwFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@link Program}, one step a line; {@code #} begins a comment.
 *
 * <pre>
 * memory 4096                                  bytes; the default
 * 0: fd = eventfd2(0, NONBLOCK)                task 0 calls; "fd" names the result
 * 0: u32 &amp;84 = $fd                             stores 4 bytes to byte 84 of the memory
 * 0: io_setup(8, &amp;0) -&gt; &amp;0 x 1                looks at one word afterwards
 * 1: start io_getevents([0], 1, 4, &amp;512, 0)    may sleep; the next step begins then
 * 0: tail = u32 [0]+12 =&gt; 1                    loads 4 bytes, which must be 1
 * 0: iocb 128 opcode=POLL fd=$fd buf=IN        stores the named fields of a structure, and 0 to the others
 * repeat 100 {                                 the lines up to "}" happen 100 times; not within another repeat
 * }
 * </pre>
 *
 * <p>What {@code =>} expects is expected each time, and {@code $n} is the latest result.
 *
 * <p>Operands: numbers, decimal or hexadecimal; constants, added with {@code |}; {@code &amp;n} the address of byte n;
 * {@code [n]} and {@code {n}} the 8 and 4 bytes there; {@code $n} and {@code $name} the result of a step. All but the first
 * two may be followed by {@code +number}.
 */
public final class ProgramText {

  private static final int DEFAULT_MEMORY = 4096;
  private static final Pattern MEMORY = Pattern.compile("memory (\\d+)");
  private static final Pattern REPEAT = Pattern.compile("repeat (\\d+) \\{");
  private static final int MOST_TIMES = 10_000_000;
  private static final Pattern STEP = Pattern
      .compile("(\\d): (?:([a-z]\\w*) = )?(.*?)((?: -> &\\d+ x \\d+)*)(?: => (\\S+))?");
  private static final Pattern STRUCTURE = Pattern.compile("([a-z]+) (\\d+)((?: [a-z]+=\\S+)*)");
  private static final Pattern CALL = Pattern.compile("(start )?([a-z]\\w*)\\((.*)\\)");
  private static final Pattern ACCESS = Pattern.compile("u(8|16|32|64) ([^= ]+)(?: = (\\S+))?");
  private static final Pattern STRETCH = Pattern.compile(" -> &(\\d+) x (\\d+)");
  private static final Pattern OPERAND = Pattern.compile("(?:&(\\d+)|\\[(\\d+)]|\\{(\\d+)}|\\$(\\w+))(?:\\+(-?\\w+))?");

  private static final SortedMap<String, Long> CONSTANTS = constants();

  private final SortedMap<String, Integer> names = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Program.Expectation> expectations = new ArrayList<>();
  private final List<Program.Stretch> loops = new ArrayList<>();
  private final List<Program.Stretch> begun = new ArrayList<>();

  private ProgramText() {}

  /**
   * Reads a program.
   *
   * @throws IllegalArgumentException naming line and what was expected, if it is none
   */
  public static Program parse(String text) {
    ProgramText reader = new ProgramText();
    int memory = DEFAULT_MEMORY;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int comment = lines.get(i).indexOf('#');
      String line = (comment < 0 ? lines.get(i) : lines.get(i).substring(0, comment)).strip();
      try {
        Matcher size = MEMORY.matcher(line);
        if (size.matches()) {
          memory = (int) number(size.group(1));
        } else {
          reader.line(line.replaceAll("\\s+", " ").replaceFirst("^\\$\\d+ ", ""));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("script, line %d: %s".formatted(i + 1, e.getMessage()), e);
      }
    }
    if (!reader.begun.isEmpty()) {
      throw new IllegalArgumentException("script, line %d: expected '}' to end a repeat".formatted(lines.size()));
    }
    int tasks = 1;
    for (Step step : reader.steps) {
      tasks = Math.max(tasks, step.task() + 1);
    }
    return new Program(memory, tasks, reader.steps, reader.expectations, reader.loops);
  }

  private void line(String line) {
    if (line.isEmpty()) {
      return;
    }
    Matcher repeat = REPEAT.matcher(line);
    if (repeat.matches()) {
      beginLoop(repeat.group(1));
      return;
    }
    if (line.equals("}")) {
      endLoop();
      return;
    }
    Matcher step = STEP.matcher(line);
    if (!step.matches()) {
      throw new IllegalArgumentException("expected 'TASK: STEP' with a task from 0 to 9, got '" + line + "'");
    }
    int task = Integer.parseInt(step.group(1));
    Matcher structure = STRUCTURE.matcher(step.group(3));
    if (structure.matches()) {
      structure(task, structure);
      return;
    }
    steps.add(step(task, step.group(3), stretches(step.group(4))));
    if (step.group(5) != null) {
      expectations.add(new Program.Expectation(steps.size() - 1, number(step.group(5))));
    }
    if (step.group(2) != null) {
      names.put(step.group(2), steps.size() - 1);
    }
  }

  private void beginLoop(String times) {
    if (!begun.isEmpty()) {
      throw new IllegalArgumentException("expected '}' before another repeat");
    }
    int number = times.length() > 8 ? 0 : Integer.parseInt(times);
    if (number < 1 || number > MOST_TIMES) {
      throw new IllegalArgumentException("repeat: expected 1 to %d times, got '%s'".formatted(MOST_TIMES, times));
    }
    begun.add(new Program.Stretch(steps.size(), steps.size(), number));
  }

  private void endLoop() {
    if (begun.isEmpty()) {
      throw new IllegalArgumentException("expected 'repeat TIMES {' before '}'");
    }
    Program.Stretch loop = begun.removeLast();
    if (loop.first() < steps.size()) {
      loops.add(new Program.Stretch(loop.first(), steps.size(), loop.times()));
    }
  }

  private void structure(int task, Matcher text) {
    int offset = (int) number(text.group(2));
    SortedMap<String, String> given = new TreeMap<>();
    for (String pair : text.group(3).strip().split(" ", -1)) {
      if (!pair.isEmpty()) {
        given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    for (UserStructure.Field field : UserStructure.named(text.group(1)).fields()) {
      String value = given.remove(field.name());
      steps.add(new Step.Store(
          task, new Operand.Address(offset + field.offset()), field.bytes(), operand(value == null ? "0" : value)));
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("%s has no field '%s'".formatted(text.group(1), given.firstKey()));
    }
  }

  private Step step(int task, String text, List<Step.Stretch> outputs) {
    Matcher access = ACCESS.matcher(text);
    if (access.matches()) {
      int bytes = Integer.parseInt(access.group(1)) / Byte.SIZE;
      Operand address = operand(access.group(2));
      return access.group(3) == null
          ? new Step.Load(task, address, bytes)
          : new Step.Store(task, address, bytes, operand(access.group(3)));
    }
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new IllegalArgumentException("expected a call, 'u64 PLACE = VALUE' or 'u64 PLACE', got '" + text + "'");
    }
    List<Operand> arguments = new ArrayList<>();
    for (String each : call.group(3).split(",", -1)) {
      if (!each.isBlank()) {
        arguments.add(operand(each.strip()));
      }
    }
    return new Step.Call(task, call.group(2), arguments, outputs, call.group(1) != null);
  }

  private static List<Step.Stretch> stretches(@Nullable String text) {
    List<Step.Stretch> found = new ArrayList<>();
    Matcher each = STRETCH.matcher(text == null ? "" : text);
    while (each.find()) {
      found.add(new Step.Stretch((int) number(each.group(1)), (int) number(each.group(2))));
    }
    return found;
  }

  private Operand operand(String text) {
    Matcher matcher = OPERAND.matcher(text);
    if (!matcher.matches()) {
      return new Operand.Constant(number(text));
    }
    long plus = matcher.group(5) == null ? 0 : number(matcher.group(5));
    if (matcher.group(1) != null) {
      return new Operand.Address((int) (number(matcher.group(1)) + plus));
    }
    if (matcher.group(4) != null) {
      return new Operand.Result(stepNamed(matcher.group(4)), plus);
    }
    return matcher.group(2) != null
        ? new Operand.Content((int) number(matcher.group(2)), Long.BYTES, plus)
        : new Operand.Content((int) number(matcher.group(3)), Integer.BYTES, plus);
  }

  private int stepNamed(String name) {
    Integer step = Character.isDigit(name.charAt(0)) ? Integer.valueOf((int) number(name)) : names.get(name);
    if (step == null || step >= steps.size()) {
      throw new IllegalArgumentException("expected a step before this one, got '$" + name + "'");
    }
    return step;
  }

  private static long number(String text) {
    long sum = 0;
    for (String part : text.split("\\|", -1)) {
      Long constant = CONSTANTS.get(part);
      sum |= constant == null ? literal(part) : constant;
    }
    return sum;
  }

  private static long literal(String text) {
    try {
      return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number, one of %s, or &n, [n], {n}, $n, got '%s'"
              .formatted(String.join(" ", CONSTANTS.keySet()), text),
          e);
    }
  }

  private static SortedMap<String, Long> constants() {
    SortedMap<String, Long> known = new TreeMap<>();
    known.put("IN", (long) PollEvents.IN);
    known.put("PRI", (long) PollEvents.PRI);
    known.put("OUT", (long) PollEvents.OUT);
    known.put("ERR", (long) PollEvents.ERR);
    known.put("HUP", (long) PollEvents.HUP);
    known.put("RDHUP", (long) PollEvents.RDHUP);
    known.put("RDONLY", (long) OpenFlags.RDONLY);
    known.put("WRONLY", (long) OpenFlags.WRONLY);
    known.put("RDWR", (long) OpenFlags.RDWR);
    known.put("APPEND", (long) OpenFlags.APPEND);
    known.put("NONBLOCK", (long) OpenFlags.NONBLOCK);
    known.put("DIRECT", (long) OpenFlags.DIRECT);
    known.put("SEMAPHORE", 1L);
    known.put("PREAD", 0L);
    known.put("PWRITE", 1L);
    known.put("FSYNC", 2L);
    known.put("FDSYNC", 3L);
    known.put("POLL", 5L);
    known.put("NOOP", 6L);
    known.put("PREADV", 7L);
    known.put("PWRITEV", 8L);
    known.put("RESFD", 1L);
    known.put("IOPRIO", 2L);
    known.put("RWF_NOWAIT", (long) RwFlags.NOWAIT);
    known.put("RWF_APPEND", (long) RwFlags.APPEND);
    known.put("-EPERM", (long) -Errno.EPERM);
    known.put("-EINTR", (long) -Errno.EINTR);
    known.put("-EBADF", (long) -Errno.EBADF);
    known.put("-EAGAIN", (long) -Errno.EAGAIN);
    known.put("-EFAULT", (long) -Errno.EFAULT);
    known.put("-EINVAL", (long) -Errno.EINVAL);
    known.put("-EFBIG", (long) -Errno.EFBIG);
    known.put("-EINPROGRESS", (long) -Errno.EINPROGRESS);
    known.put("-ENOSPC", (long) -Errno.ENOSPC);
    known.put("-ESPIPE", (long) -Errno.ESPIPE);
    known.put("-EPIPE", (long) -Errno.EPIPE);
    known.put("-EOPNOTSUPP", (long) -Errno.EOPNOTSUPP);
    return known;
  }
}
