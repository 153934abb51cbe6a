package dev.regardless.litmus.hardware;

import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.RegisterFile;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.test.LitmusTest;
import dev.regardless.litmus.test.LitmusThread;
import dev.regardless.litmus.test.MemoryCell;
import dev.regardless.litmus.test.MemoryLayout;
import dev.regardless.litmus.test.Observable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an x86-64 test in C: each thread as an assembly function that gets one instance of the variables in R15 and a
 * place for its registers on the stack, and a table {@code test_NUMBER} of the type {@code Test} of {@code harness.c}.
 */
final class NativeTestWriter {
  private static final int SLOT = 64;
  private static final int MOST_THREADS = 64;
  private static final long LOCATION_BYTES = MemoryLayout.addressOf(1) - MemoryLayout.addressOf(0);
  private static final Pattern MEMORY = Pattern.compile("[(\\[]\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*[)\\]]");
  private static final Pattern COMPARE_EXCHANGE = Pattern.compile("(.*cmpxchg[bwlq]?)\\s+([^,]*\\)),\\s*(%[a-z0-9]+)");
  private static final Pattern NOT_RUN = Pattern
      .compile("(?i).*\\b(ret|call|push|pop|rsp|esp|r15|r15d|clflush\\w*)\\b.*");
  private static final List<String> SAVED = List.of("rbx", "rbp", "r12", "r13", "r14", "r15", "rsi");

  private final LoadedTest loaded;
  private final LitmusTest test;
  private final String name;
  private final StringBuilder text = new StringBuilder();

  private NativeTestWriter(LoadedTest loaded, int number) {
    this.loaded = loaded;
    this.test = loaded.test();
    this.name = "test_" + number;
  }

  /**
   * The test as C.
   *
   * @param number tells its names from those of other tests in one file
   * @throws UnsupportedTestException if the test cannot be run so; the message says why
   */
  static String write(LoadedTest loaded, int number) {
    return new NativeTestWriter(loaded, number).write();
  }

  private String write() {
    int threads = test.threads().size();
    if (threads > MOST_THREADS) {
      throw new UnsupportedTestException("more than " + MOST_THREADS + " threads");
    }
    test.threads().forEach(this::function);
    for (LitmusThread thread : test.threads()) {
      text.append("Function ").append(function(thread.name())).append(";\n");
    }
    array("Function *const", "functions", test.threads().stream().map(thread -> function(thread.name())).toList());
    array("const int", "saved",
        test.threads().stream().map(thread -> Integer.toString(saved(thread.name()).size())).toList());
    array("const Cell", "cells", test.memory().cells().stream().map(this::cell).toList());
    List<String> shown = shown();
    array("const Shown", "shown", shown);
    int slots = test.memory().cells().stream().mapToInt(cell -> slot(cell) + 1).max().orElse(1);
    text.append("static const Test ").append(name).append(" = {").append(threads).append(", ").append(slots)
        .append(", ").append(test.memory().cells().size()).append(", ").append(shown.size());
    for (String part : List.of("functions", "saved", "cells", "shown")) {
      text.append(", ").append(name).append('_').append(part);
    }
    return text.append("};\n").toString();
  }

  private String function(int thread) {
    return name + "_P" + thread;
  }

  private void array(String type, String part, List<String> elements) {
    text.append("static ").append(type).append(' ').append(name).append('_').append(part).append("[] = {")
        .append(elements.isEmpty() ? "{0}" : String.join(", ", elements)).append("};\n");
  }

  private static int slot(MemoryCell cell) {
    return (int) ((cell.address() - MemoryLayout.addressOf(0)) / LOCATION_BYTES);
  }

  private static long offset(MemoryCell cell) {
    long inside = (cell.address() - MemoryLayout.addressOf(0)) % LOCATION_BYTES;
    if (inside + cell.type().bytes() > SLOT) {
      throw new UnsupportedTestException("arrays of more than " + SLOT + " bytes");
    }
    return (long) slot(cell) * SLOT + inside;
  }

  private String cell(MemoryCell cell) {
    checkNumber(cell.initial());
    return "{" + offset(cell) + ", " + cell.type().bytes() + ", (int64_t) " + Long.toUnsignedString(cell.initial())
        + "u}";
  }

  private List<String> shown() {
    List<String> shown = new ArrayList<>();
    for (Observable observable : test.observables().subList(0, test.shown())) {
      shown.add(switch (observable) {
        case Observable.Register register -> "{" + register.thread() + ", "
            + saved(register.thread()).indexOf(register.register()) + ", 8}";
        case Observable.Cell observed -> {
          MemoryCell cell = test.memory().cells().get(observed.cell());
          yield "{-1, " + offset(cell) + ", " + cell.type().bytes() + "}";
        }
      });
    }
    return shown;
  }

  /** The registers whose last values are shown. */
  private List<Integer> saved(int thread) {
    List<Integer> registers = new ArrayList<>();
    for (Observable observable : test.observables().subList(0, test.shown())) {
      if (observable instanceof Observable.Register register && register.thread() == thread
          && !registers.contains(register.register())) {
        registers.add(register.register());
      }
    }
    return registers;
  }

  private void function(LitmusThread thread) {
    asm(".text");
    asm(function(thread.name()) + ":");
    SAVED.forEach(saved -> asm("pushq %" + saved));
    asm("movq %rdi,%r15");
    RegisterFile registers = test.isa().registers();
    for (int register = 0; register < thread.initialRegisters().length; register++) {
      long value = thread.initialRegisters()[register];
      checkNumber(value);
      String register64 = registers.name(register);
      if (register64.matches("r[a-z0-9]+") && !register64.matches("rsp|rip|r15")) {
        asm("movabsq $" + value + ",%" + register64);
      }
    }
    asm("testq %rsp,%rsp");
    for (CodeLine line : loaded.source().threads().get(thread.name())) {
      line.labels().forEach(label -> asm(label(thread, label) + ":"));
      if (!line.text().isEmpty()) {
        asm(instruction(thread, line.text()));
      }
    }
    asm("movq (%rsp),%r15");
    int place = 0;
    for (int register : saved(thread.name())) {
      if (!registers.name(register).matches("r[a-z0-9]+")) {
        throw new UnsupportedTestException("register " + registers.name(register));
      }
      asm("movq %" + registers.name(register) + "," + 8 * place++ + "(%r15)");
    }
    SAVED.reversed().forEach(saved -> asm("popq %" + saved));
    asm("ret");
  }

  private String label(LitmusThread thread, String label) {
    return function(thread.name()) + "_" + label.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private String instruction(LitmusThread thread, String written) {
    if (NOT_RUN.matcher(written).matches()) {
      throw new UnsupportedTestException("'" + written + "' on the real machine");
    }
    String code = MEMORY.matcher(written).replaceAll(found -> {
      long offset = test.memory().location(found.group(1)).stream().findFirst().map(NativeTestWriter::offset)
          .orElseThrow(() -> new UnsupportedTestException("'" + written + "' on the real machine"));
      return Matcher.quoteReplacement(offset + "(%r15)");
    });
    Matcher exchange = COMPARE_EXCHANGE.matcher(code);
    if (exchange.matches()) {
      code = exchange.group(1) + " " + exchange.group(3) + "," + exchange.group(2);
    }
    for (String label : thread.labels().keySet()) {
      code = code.replaceAll("(?<=\\s)" + Pattern.quote(label) + "$", label(thread, label));
    }
    return code;
  }

  private void checkNumber(long value) {
    if (CodeAddress.isCode(value) || test.memory().symbol(value).isPresent()) {
      throw new UnsupportedTestException("addresses in the initial state on the real machine");
    }
  }

  private void asm(String line) {
    text.append("__asm__(\"").append(line.replace("\\", "\\\\").replace("\"", "\\\"")).append("\\n\");\n");
  }
}
