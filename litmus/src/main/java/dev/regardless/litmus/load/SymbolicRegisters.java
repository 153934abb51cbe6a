package dev.regardless.litmus.load;

import dev.regardless.isa.RegisterFile;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Gives each {@code %name} of a thread the first register that the thread's text does not mention. */
final class SymbolicRegisters {

  private final RegisterFile registers;
  private final ParsedTest parsed;
  /** By thread; worked out when the first symbolic register is asked for, because few tests have one. */
  private final List<Set<Integer>> taken = new ArrayList<>();
  private final List<Map<String, Integer>> allocated = new ArrayList<>();

  SymbolicRegisters(RegisterFile registers, ParsedTest parsed) {
    this.registers = registers;
    this.parsed = parsed;
    for (int thread = 0; thread < parsed.threads().size(); thread++) {
      allocated.add(new HashMap<>());
    }
  }

  private void findTaken() {
    for (List<CodeLine> thread : parsed.threads()) {
      Set<Integer> mentioned = new HashSet<>();
      thread.forEach(line -> mention(line.text(), mentioned));
      taken.add(mentioned);
    }
    parsed.initial().stream().map(Binding::place).forEach(this::take);
    parsed.locations().forEach(this::take);
    parsed.condition().places((place, _) -> take(place));
    parsed.filter().places((place, _) -> take(place));
  }

  private void mention(String text, Set<Integer> mentioned) {
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      char character = i < text.length() ? text.charAt(i) : ' ';
      boolean letter = (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
      if (start < 0 && letter) {
        start = i;
      } else if (start >= 0 && !letter && (character < '0' || character > '9')) {
        mentioned.add(registers.find(text.substring(start, i)));
        start = -1;
      }
    }
  }

  private void take(Place place) {
    if (place instanceof Place.Register register && register.thread() >= 0 && register.thread() < taken.size()) {
      taken.get(register.thread()).add(registers.find(register.name()));
    }
  }

  /** Whether the thread's instructions, read so far, use this symbolic register. */
  boolean isUsed(int thread, String name) {
    return allocated.get(thread).containsKey(name);
  }

  /** The register that {@code %name} stands for in a thread; empty if all are taken. */
  OptionalLong register(int thread, String name) {
    Integer known = allocated.get(thread).get(name);
    if (known != null) {
      return OptionalLong.of(known);
    }
    if (taken.isEmpty()) {
      findTaken();
    }
    for (int register = 0; register < registers.count(); register++) {
      if (registers.find(registers.name(register)) == register && taken.get(thread).add(register)) {
        allocated.get(thread).put(name, register);
        return OptionalLong.of(register);
      }
    }
    return OptionalLong.empty();
  }
}
