package dev.regardless.tests.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random litmus tests that mix everything the memory models speak of; the same seed gives the same test. */
final class RandomPrograms {
  private static final String[] CELLS = {"x", "y", "z"};

  private final Random random;
  private final List<String> code = new ArrayList<>();
  private int nextValue = 1;
  private int nextLabel;
  private final List<Integer> loaded = new ArrayList<>();

  private RandomPrograms(long seed) {
    random = new Random(seed * 0x9E37_79B9_7F4A_7C15L + 1);
  }

  /** A test for {@code AArch64}. */
  static String a64(long seed) {
    RandomPrograms programs = new RandomPrograms(seed);
    StringBuilder init = new StringBuilder();
    List<List<String>> threads = new ArrayList<>();
    int count = programs.threads();
    StringBuilder locations = new StringBuilder("locations [x; y; z;");
    for (int thread = 0; thread < count; thread++) {
      for (int cell = 0; cell < CELLS.length; cell++) {
        init.append(thread).append(":X").append(cell + 1).append('=').append(CELLS[cell]).append("; ");
      }
      threads.add(programs.thread(programs::a64Step, "MOV W5,#0"));
      for (int register = 5; register < 10; register++) {
        locations.append(' ').append(thread).append(":X").append(register).append(';');
      }
    }
    return text("AArch64", seed, init, threads, locations.append("]"));
  }

  /** A test for {@code X86_64}. */
  static String amd64(long seed) {
    RandomPrograms programs = new RandomPrograms(seed);
    List<List<String>> threads = new ArrayList<>();
    int count = programs.threads();
    StringBuilder locations = new StringBuilder("locations [x; y; z;");
    for (int thread = 0; thread < count; thread++) {
      threads.add(programs.thread(programs::amd64Step, "movl $0,%eax"));
      for (String register : new String[] {"rax", "rbx", "rcx", "rdx"}) {
        locations.append(' ').append(thread).append(':').append(register).append(';');
      }
    }
    return text("X86_64", seed, new StringBuilder("int x; int y; int z; "), threads, locations.append("]"));
  }

  private static String text(String architecture, long seed, StringBuilder init, List<List<String>> threads,
      StringBuilder locations) {
    StringBuilder text = new StringBuilder(architecture + " random" + seed + "\n{ " + init + "}\n");
    int rows = 0;
    for (int thread = 0; thread < threads.size(); thread++) {
      text.append(thread == 0 ? " " : "| ").append("P").append(thread).append(' ');
      rows = Math.max(rows, threads.get(thread).size());
    }
    text.append(";\n");
    for (int row = 0; row < rows; row++) {
      for (int thread = 0; thread < threads.size(); thread++) {
        List<String> lines = threads.get(thread);
        text.append(thread == 0 ? " " : "| ").append(row < lines.size() ? lines.get(row) : "").append(' ');
      }
      text.append(";\n");
    }
    return text.append(locations).append("\nexists (x=0)\n").toString();
  }

  private int threads() {
    return 2 + random.nextInt(4) / 3;
  }

  private List<String> thread(Runnable step, String first) {
    code.clear();
    code.add(first);
    loaded.clear();
    int steps = 2 + random.nextInt(3);
    for (int index = 0; index < steps; index++) {
      step.run();
    }
    return List.copyOf(code);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void add(String line) {
    code.add(line);
  }

  // ---- A64: X1 to X3 point to cells, W5 to W9 are results, W10 to W15 are scratch ----

  private String base() {
    return "X" + (random.nextInt(4) == 0 ? 3 : 1 + random.nextInt(2));
  }

  private int result() {
    int register = 5 + random.nextInt(5);
    loaded.add(register);
    return register;
  }

  /** A register that holds what an earlier load returned, if there was one. */
  private int source() {
    return loaded.isEmpty() ? 5 : loaded.get(random.nextInt(loaded.size()));
  }

  /** A register with a fresh constant, or with something read. */
  private int data() {
    if (!loaded.isEmpty() && random.nextInt(3) == 0) {
      return source();
    }
    add("MOV W12,#" + nextValue++);
    return 12;
  }

  private void a64Step() {
    switch (random.nextInt(15)) {
      case 0, 1, 2 -> load();
      case 3, 4 -> store();
      case 5 -> loadAtAddress();
      case 6 -> storeAtAddress();
      case 7 -> a64Branch();
      case 8, 9 -> select();
      case 10 -> exclusives();
      case 11 -> atomic();
      case 12 -> compareAndSwap();
      case 13 -> add(pick("DMB SY", "DMB LD", "DMB ST", "DSB SY", "DSB LD", "DSB ST", "ISB"));
      default -> exchangeOfCopies();
    }
  }

  private void load() {
    int source = source();
    String base = base();
    add(pick("LDR", "LDR", "LDAR", "LDAPR") + " W" + result() + ",[" + base + "]");
    if (random.nextInt(4) == 0) {
      add("EOR W10,W" + source + ",W" + source);
      add("ADD W12,W10,#" + nextValue++);
      add(pick("STR", "STLR") + " W12,[" + base() + "]");
    }
  }

  private void store() {
    int data = data();
    add(pick("STR", "STR", "STLR") + " W" + data + ",[" + base() + "]");
  }

  private String zeroFromSource() {
    int source = source();
    add("EOR W10,W" + source + ",W" + source);
    return "W10,SXTW";
  }

  private void loadAtAddress() {
    String index = zeroFromSource();
    add("LDR W" + result() + ",[" + base() + "," + index + "]");
  }

  private void storeAtAddress() {
    int data = data();
    String index = zeroFromSource();
    add("STR W" + data + ",[" + base() + "," + index + "]");
  }

  private void a64Branch() {
    String label = "L" + nextLabel++;
    add(pick("CBZ", "CBNZ") + " W" + source() + "," + label);
    if (random.nextInt(3) == 0) {
      store();
    }
    add(label + ": " + pick("NOP", "ISB"));
  }

  /** A conditional select whose result may become data or, turned to zero, part of an address. */
  private void select() {
    int compared = source();
    int first = source();
    int second = source();
    add("CMP W" + compared + ",#" + random.nextInt(3));
    int result = 5 + random.nextInt(5);
    add("CSEL W" + result + ",W" + first + ",W" + second + "," + pick("EQ", "NE"));
    loaded.add(result);
  }

  private void exclusives() {
    String base = base();
    add(pick("LDXR", "LDAXR") + " W" + result() + ",[" + base + "]");
    if (random.nextInt(4) == 0) {
      load();
    }
    int data = data();
    add(pick("STXR", "STLXR") + " W11,W" + data + ",[" + base + "]");
    if (random.nextBoolean()) {
      String label = "L" + nextLabel++;
      add("CBNZ W11," + label);
      add(label + ": NOP");
    }
  }

  private void atomic() {
    int data = data();
    String order = pick("", "A", "L", "AL");
    String operation = pick("SWP", "LDADD", "LDSET", "LDCLR", "LDUMAX", "STADD");
    if (operation.equals("STADD")) {
      add("STADD" + pick("", "L") + " W" + data + ",[" + base() + "]");
    } else {
      add(operation + order + " W" + data + ",W" + result() + ",[" + base() + "]");
    }
  }

  private void compareAndSwap() {
    int expected = source();
    int data = data();
    add("CAS" + pick("", "A", "L", "AL") + " W" + expected + ",W" + data + ",[" + base() + "]");
    loaded.add(expected);
  }

  /** Through memory: a dependency from a read to a write, and from there to the next read of its cell. */
  private void exchangeOfCopies() {
    String base = base();
    add("STR W" + source() + ",[" + base + "]");
    add(pick("LDR", "LDAR", "LDAPR") + " W" + result() + ",[" + base + "]");
  }

  // ---- x86 ----

  private String cell() {
    return "(" + CELLS[random.nextInt(4) == 0 ? 2 : random.nextInt(2)] + ")";
  }

  private String register() {
    return pick("%eax", "%ebx", "%ecx", "%edx");
  }

  private void amd64Step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> add("movl " + cell() + "," + register());
      case 3, 4, 5 -> add("movl $" + nextValue++ + "," + cell());
      case 6 -> add("movl " + register() + "," + cell());
      case 7 -> {
        String register = register();
        add("movl $" + nextValue++ + "," + register);
        add("xchgl " + register + "," + cell());
      }
      case 8 -> add(pick("lock addl", "lock orl", "addl", "lock xorl") + " $" + nextValue++ + "," + cell());
      case 9 -> add(pick("mfence", "sfence", "lfence"));
      case 10 -> {
        add(pick("lock cmpxchgl ", "cmpxchgl ", "lock xaddl ") + register() + "," + cell());
      }
      default -> {
        String label = "L" + nextLabel++;
        add("cmpl $" + random.nextInt(3) + "," + register());
        add(pick("je", "jne", "jg") + " " + label);
        add("movl $" + nextValue++ + "," + cell());
        add(label + ": nop");
      }
    }
  }
}
