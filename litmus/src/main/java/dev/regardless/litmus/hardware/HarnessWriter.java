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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the C program that runs an x86-64 test many times.
 *
 * <p>Each thread of the test is one assembly function that gets an instance of the variables in R15 and a place for its
 * registers on the stack. The program runs the threads over an array of instances; before each, they agree
 * on a moment of the time stamp counter to begin at, but wait for one another a bounded time only, so that a test ends
 * where there are fewer CPUs than threads.
 */
final class HarnessWriter {
  private static final int SLOT = 64;
  private static final long LOCATION_BYTES = MemoryLayout.addressOf(1) - MemoryLayout.addressOf(0);
  private static final Pattern MEMORY = Pattern.compile("[(\\[]\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*[)\\]]");
  private static final Pattern COMPARE_EXCHANGE = Pattern.compile("(.*cmpxchg[bwlq]?)\\s+([^,]*\\)),\\s*(%[a-z0-9]+)");
  private static final Pattern NOT_RUN = Pattern
      .compile("(?i).*\\b(ret|call|push|pop|rsp|esp|r15|r15d|clflush\\w*)\\b.*");

  private final LoadedTest loaded;
  private final LitmusTest test;
  private final StringBuilder text = new StringBuilder();

  private HarnessWriter(LoadedTest loaded) {
    this.loaded = loaded;
    this.test = loaded.test();
  }

  /**
   * The program. It takes the number of runs as its argument and prints lines of a count and one value for each shown
   * observable.
   *
   * @throws UnsupportedTestException if the test cannot be run so; the message says why
   */
  static String program(LoadedTest loaded) {
    return new HarnessWriter(loaded).write();
  }

  private String write() {
    for (LitmusThread thread : test.threads()) {
      function(thread);
    }
    int threads = test.threads().size();
    text.append("#define _GNU_SOURCE\n#include <pthread.h>\n#include <stdint.h>\n#include <stdio.h>\n")
        .append("#include <stdlib.h>\n#include <string.h>\n#include <sched.h>\n");
    text.append("enum { THREADS = ").append(threads).append(", SLOTS = ").append(slots())
        .append(", SHOWN = ").append(Math.max(1, test.shown())).append(", SIZE = 1000, PATIENCE = 60000000 };\n");
    text.append("typedef struct { _Alignas(64) unsigned char bytes[SLOTS * 64]; } Variables;\n");
    text.append("static Variables variables[SIZE];\nstatic int64_t registers[THREADS][SIZE][16];\n");
    text.append("static struct { _Alignas(64) volatile int at; } progress[THREADS];\n");
    text.append("static pthread_barrier_t round_begins, round_ends;\nstatic long rounds;\n");
    for (int thread = 0; thread < threads; thread++) {
      text.append("void test_P").append(thread).append("(Variables *, int64_t *);\n");
    }
    text.append("static void (*const functions[])(Variables *, int64_t *) = {");
    for (int thread = 0; thread < threads; thread++) {
      text.append(thread == 0 ? "" : ", ").append("test_P").append(thread);
    }
    text.append("};\n").append(LOOP);
    initialise();
    observe();
    return text.append(MAIN).toString();
  }

  private int slots() {
    return Math.max(1, test.memory().cells().stream().mapToInt(cell -> slot(cell) + 1).max().orElse(1));
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

  private void function(LitmusThread thread) {
    asm(".text");
    asm(".globl test_P" + thread.name());
    asm("test_P" + thread.name() + ":");
    for (String saved : List.of("rbx", "rbp", "r12", "r13", "r14", "r15", "rsi")) {
      asm("pushq %" + saved);
    }
    asm("movq %rdi,%r15");
    RegisterFile registers = test.isa().registers();
    for (int register = 0; register < thread.initialRegisters().length; register++) {
      long value = thread.initialRegisters()[register];
      checkNumber(value);
      String name = registers.name(register);
      if (name.matches("r[a-z0-9]+") && !name.matches("rsp|rip|r15")) {
        asm("movabsq $" + value + ",%" + name);
      }
    }
    for (CodeLine line : loaded.source().threads().get(thread.name())) {
      line.labels().forEach(label -> asm(label(thread, label) + ":"));
      if (!line.text().isEmpty()) {
        asm(instruction(thread, line.text()));
      }
    }
    asm("movq (%rsp),%r15");
    int place = 0;
    for (Observable observable : test.observables().subList(0, test.shown())) {
      if (observable instanceof Observable.Register register && register.thread() == thread.name()) {
        if (!registers.name(register.register()).matches("r[a-z0-9]+")) {
          throw new UnsupportedTestException("register " + register.text());
        }
        asm("movq %" + registers.name(register.register()) + "," + 8 * place++ + "(%r15)");
      }
    }
    for (String saved : List.of("rsi", "r15", "r14", "r13", "r12", "rbp", "rbx")) {
      asm("popq %" + saved);
    }
    asm("ret");
  }

  private static String label(LitmusThread thread, String label) {
    return "test_P" + thread.name() + "_" + label.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private String instruction(LitmusThread thread, String written) {
    if (NOT_RUN.matcher(written).matches()) {
      throw new UnsupportedTestException("'" + written + "' on the real machine");
    }
    String code = MEMORY.matcher(written).replaceAll(found -> {
      long offset = test.memory().location(found.group(1)).stream().findFirst().map(HarnessWriter::offset)
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

  private void initialise() {
    text.append("static void initialise(Variables *v) {\n  memset(v, 0, sizeof *v);\n");
    for (MemoryCell cell : test.memory().cells()) {
      checkNumber(cell.initial());
      text.append("  { int64_t value = (int64_t) ").append(Long.toUnsignedString(cell.initial()))
          .append("u; memcpy(v->bytes + ").append(offset(cell)).append(", &value, ").append(cell.type().bytes())
          .append("); }\n");
    }
    text.append("}\n");
  }

  private void observe() {
    text.append("static void observe(int i, int64_t *shown) {\n  memset(shown, 0, SHOWN * sizeof *shown);\n");
    int[] places = new int[test.threads().size()];
    for (int index = 0; index < test.shown(); index++) {
      switch (test.observables().get(index)) {
        case Observable.Register register -> text.append("  shown[").append(index).append("] = registers[")
            .append(register.thread()).append("][i][").append(places[register.thread()]++).append("];\n");
        case Observable.Cell shown -> {
          MemoryCell cell = test.memory().cells().get(shown.cell());
          text.append("  memcpy(shown + ").append(index).append(", variables[i].bytes + ").append(offset(cell))
              .append(", ").append(cell.type().bytes()).append(");\n");
        }
      }
    }
    text.append("}\n");
  }

  private static final String LOOP = """
      static volatile uint64_t start_at[SIZE];
      static uint64_t meet(int self, int i, uint64_t patience) {
        uint64_t begin = __builtin_ia32_rdtsc();
        progress[self].at = i;
        if (self == 0) {
          int met = 0;
          while (!met && __builtin_ia32_rdtsc() - begin < patience) {
            met = 1;
            for (int other = 1; other < THREADS; other++) met &= progress[other].at >= i;
          }
          start_at[i] = __builtin_ia32_rdtsc() + 500;
        } else {
          while (start_at[i] == 0 && __builtin_ia32_rdtsc() - begin < patience) { }
        }
        uint64_t start = start_at[i] + (i * 7 + self * 3) % 11 * 8, now;
        while ((now = __builtin_ia32_rdtsc()) < start) { }
        return now - begin;
      }
      static void pin(int self) {
        cpu_set_t all, one;
        sched_getaffinity(0, sizeof all, &all);
        int left = self % CPU_COUNT(&all), cpu = 0;
        while (!CPU_ISSET(cpu, &all) || left-- > 0) cpu++;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        pthread_setaffinity_np(pthread_self(), sizeof one, &one);
      }
      static void *run(void *argument) {
        int self = (int) (intptr_t) argument;
        pin(self);
        for (long round = 0; round < rounds; round++) {
          pthread_barrier_wait(&round_begins);
          uint64_t patience = PATIENCE;
          for (int i = 0; i < SIZE; i++) {
            uint64_t waited = meet(self, i, patience);
            patience -= waited < patience ? waited : patience;
            functions[self](&variables[i], registers[self][i]);
          }
          pthread_barrier_wait(&round_ends);
        }
        return NULL;
      }
      """;

  private static final String MAIN = """
      typedef struct { int64_t shown[SHOWN]; long count; } Bin;
      static Bin bins[65536];
      static long used;
      static void count(const int64_t *shown) {
        long bin = 0;
        while (bin < used && memcmp(bins[bin].shown, shown, sizeof bins[bin].shown) != 0) bin++;
        if (bin == used) {
          if (used == 65536) { fprintf(stderr, "too many outcomes\\n"); exit(1); }
          memcpy(bins[used++].shown, shown, sizeof bins[bin].shown);
        }
        bins[bin].count++;
      }
      int main(int arguments, char **argument) {
        if (arguments != 2) return 2;
        rounds = (atol(argument[1]) + SIZE - 1) / SIZE;
        pthread_barrier_init(&round_begins, NULL, THREADS + 1);
        pthread_barrier_init(&round_ends, NULL, THREADS + 1);
        pthread_t threads[THREADS];
        for (int t = 0; t < THREADS; t++) pthread_create(&threads[t], NULL, run, (void *) (intptr_t) t);
        for (long round = 0; round < rounds; round++) {
          for (int i = 0; i < SIZE; i++) { initialise(&variables[i]); start_at[i] = 0; }
          for (int t = 0; t < THREADS; t++) progress[t].at = -1;
          pthread_barrier_wait(&round_begins);
          pthread_barrier_wait(&round_ends);
          int64_t shown[SHOWN];
          for (int i = 0; i < SIZE; i++) { observe(i, shown); count(shown); }
        }
        for (int t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
        for (long bin = 0; bin < used; bin++) {
          printf("%ld", bins[bin].count);
          for (int s = 0; s < SHOWN; s++) printf(" %lld", (long long) bins[bin].shown[s]);
          printf("\\n");
        }
        return 0;
      }
      """;
}
