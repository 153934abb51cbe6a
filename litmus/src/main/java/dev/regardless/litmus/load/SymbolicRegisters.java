package dev.regardless.litmus.load;

import dev.regardless.isa.RegisterFile;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.CodeLine;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives each {@code %name} of a thread the first register that the thread's text does not mention. */
final class SymbolicRegisters {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

  private final RegisterFile registers;
  private final List<Set<Integer>> taken = new ArrayList<>();
  private final List<Map<String, Integer>> allocated = new ArrayList<>();

  SymbolicRegisters(RegisterFile registers, ParsedTest parsed) {
    this.registers = registers;
    for (List<CodeLine> thread : parsed.threads()) {
      Set<Integer> mentioned = new HashSet<>();
      for (CodeLine line : thread) {
        Matcher words = WORD.matcher(line.text());
        while (words.find()) {
          mentioned.add(registers.find(words.group()));
        }
      }
      taken.add(mentioned);
      allocated.add(new HashMap<>());
    }
    parsed.initial().stream().map(Binding::place).forEach(this::take);
    parsed.locations().forEach(this::take);
    take(parsed.condition());
    take(parsed.filter());
  }

  private void take(Place place) {
    if (place instanceof Place.Register register && register.thread() >= 0 && register.thread() < taken.size()) {
      taken.get(register.thread()).add(registers.find(register.name()));
    }
  }

  private void take(Formula formula) {
    switch (formula) {
      case Formula.And and -> and.parts().forEach(this::take);
      case Formula.Or or -> or.parts().forEach(this::take);
      case Formula.Not not -> take(not.part());
      case Formula.Implies implies -> {
        take(implies.premise());
        take(implies.conclusion());
      }
      case Formula.Holds holds -> take(holds.place());
      case Formula.Same same -> {
        take(same.left());
        take(same.right());
      }
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
    for (int register = 0; register < registers.count(); register++) {
      if (registers.find(registers.name(register)) == register && taken.get(thread).add(register)) {
        allocated.get(thread).put(name, register);
        return OptionalLong.of(register);
      }
    }
    return OptionalLong.empty();
  }
}
