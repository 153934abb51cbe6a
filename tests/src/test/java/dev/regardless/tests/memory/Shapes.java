package dev.regardless.tests.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classic litmus shapes (Maranget, Sarkar, Sewell, "A Tutorial Introduction to the ARM and POWER Relaxed Memory
 * Models", 2012), and what is put between a thread's two accesses to keep them in order.
 */
final class Shapes {

  private static final Map<String, String> PLAIN = new LinkedHashMap<>();

  static {
    PLAIN.put("SB", "Wx=1 Ry | Wy=1 Rx");
    PLAIN.put("MP", "Wx=1 Wy=1 | Ry Rx");
    PLAIN.put("LB", "Rx Wy=1 | Ry Wx=1");
    PLAIN.put("S", "Wx=2 Wy=1 | Ry Wx=1");
    PLAIN.put("R", "Wx=1 Wy=1 | Wy=2 Rx");
    PLAIN.put("2+2W", "Wx=1 Wy=2 | Wy=1 Wx=2");
    PLAIN.put("CoRR", "Wx=1 | Rx Rx");
    PLAIN.put("CoRR2", "Wx=1 | Wx=2 | Rx Rx | Rx Rx");
    PLAIN.put("CoRW1", "Rx Wx=1");
    PLAIN.put("CoRW2", "Wx=1 | Rx Wx=2");
    PLAIN.put("CoWR", "Wx=1 | Wx=2 Rx");
    PLAIN.put("CoWW", "Wx=1 Wx=2 | Rx Rx");
    PLAIN.put("WRC", "Wx=1 | Rx Wy=1 | Ry Rx");
    PLAIN.put("RWC", "Wx=1 | Rx Ry | Wy=1 Rx");
    PLAIN.put("WWC", "Wx=2 | Rx Wy=1 | Ry Wx=1");
    PLAIN.put("WRR+2W", "Wx=2 | Rx Ry | Wy=1 Wx=1");
    PLAIN.put("ISA2", "Wx=1 Wy=1 | Ry Wz=1 | Rz Rx");
    PLAIN.put("Z6.0", "Wx=1 Wy=1 | Ry Wz=1 | Wz=2 Rx");
    PLAIN.put("Z6.1", "Wx=2 Wy=1 | Wy=2 Wz=1 | Rz Wx=1");
    PLAIN.put("Z6.3", "Wx=1 Wy=1 | Wy=2 Wz=1 | Rz Rx");
    PLAIN.put("3.SB", "Wx=1 Ry | Wy=1 Rz | Wz=1 Rx");
    PLAIN.put("3.LB", "Rx Wy=1 | Ry Wz=1 | Rz Wx=1");
    PLAIN.put("3.2W", "Wx=2 Wy=1 | Wy=2 Wz=1 | Wz=2 Wx=1");
    PLAIN.put("IRIW", "Wx=1 | Wy=1 | Rx Ry | Ry Rx");
  }

  private Shapes() {}

  static Stream<String> names() {
    return PLAIN.keySet().stream();
  }

  static Program plain(String name) {
    String text = PLAIN.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no shape " + name);
    }
    return Program.parse(text);
  }

  /**
   * The shape with the same links in all threads of two accesses.
   *
   * @param links for a thread whose first access is a write and a read; each one of {@link #link}'s names
   */
  static Program linked(String name, String afterWrite, String afterRead) {
    List<List<Instruction>> threads = new ArrayList<>();
    for (List<Instruction> thread : plain(name).threads()) {
      threads.add(
          thread.size() == 2 ? link(thread, thread.get(0).kind().reads ? afterRead : afterWrite) : thread);
    }
    return new Program(threads);
  }

  /** All programs of the shape with each of {@code links} in each thread of two accesses, where it makes sense. */
  static List<Program> linked(String name, List<String> links) {
    List<List<List<Instruction>>> results = List.of(List.of());
    for (List<Instruction> thread : plain(name).threads()) {
      List<List<Instruction>> variants = new ArrayList<>();
      if (thread.size() != 2) {
        variants.add(thread);
      } else {
        links.stream().filter(link -> !link.startsWith("addr") || thread.get(0).kind().reads)
            .forEach(link -> variants.add(link(thread, link)));
      }
      List<List<List<Instruction>>> longer = new ArrayList<>();
      for (List<List<Instruction>> threads : results) {
        for (List<Instruction> variant : variants) {
          longer.add(Stream.concat(threads.stream(), Stream.of(variant)).toList());
        }
      }
      results = longer;
    }
    return results.stream().map(Program::new).toList();
  }

  /**
   * Two accesses with something between them.
   *
   * @param link {@code po} nothing; {@code fence0} that fence; {@code addr} an address dependency; or one letter for each
   *     access: p plain, A acquire, Q acquire-pc, L release where it applies, and X, S, P: the access made an
   *     exclusive pair, a swap, an addition, with acquire and release as upper case, without as x, s
   */
  static List<Instruction> link(List<Instruction> thread, String link) {
    Instruction first = thread.get(0);
    Instruction second = thread.get(1);
    if (link.equals("po")) {
      return thread;
    }
    if (link.startsWith("fence")) {
      return List.of(first, Instruction.parse("F" + link.charAt(5)), second);
    }
    if (link.equals("addr")) {
      return List.of(first, Instruction.parse(second + "@0"));
    }
    return List.of(annotate(first, link.charAt(0)), annotate(second, link.charAt(1)));
  }

  private static Instruction annotate(Instruction access, char letter) {
    String text = access.toString();
    String location = text.substring(1, 2);
    boolean reads = access.kind().reads;
    String atomic = location + (reads ? "=0" : text.substring(2));
    return Instruction.parse(switch (letter) {
      case 'p' -> text;
      case 'A', 'Q' -> reads ? text + letter : text;
      case 'L' -> reads ? text : text + letter;
      case 'O' -> text + (reads ? 'A' : 'L');
      case 'x', 's' -> Character.toUpperCase(letter) + atomic;
      case 'X', 'S' -> letter + atomic + "AL";
      default -> throw new IllegalArgumentException("no annotation " + letter);
    });
  }
}
