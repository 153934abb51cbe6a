package dev.regardless.litmus.report;

import dev.regardless.isa.Instruction;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.DeclaredType;
import dev.regardless.litmus.syntax.Formula;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.test.LitmusThread;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Herd's digest of a test: the MD5 of the digests of initial state, code and observed places, each printed in a normal
 * form, after the digest of the few metadata that change a test's meaning. herd and mcompare7 use it to tell whether two
 * logs speak of one test.
 *
 * <p>The normal form of instructions is the instruction set's own text, so that the digest equals herd's where that text
 * does.
 */
public final class TestHash {
  private static final Set<String> SIGNIFICANT = Set.of("memorytype", "mt", "cachetype");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Comparator<Place> HERD_ORDER = Comparator.<Place>comparingInt(TestHash::rank)
      .thenComparing(place -> place instanceof Place.Register register ? register.thread() : 0)
      .thenComparing(TestHash::name)
      .thenComparing(place -> place instanceof Place.Element element ? element.index() : 0);

  private TestHash() {}

  /** The digest in hexadecimal; a {@code Hash=} line of the file counts instead of what would be computed. */
  public static String of(LoadedTest loaded) {
    ParsedTest source = loaded.source();
    for (Map.Entry<String, String> entry : source.metadata().entrySet()) {
      if (entry.getKey().equalsIgnoreCase("Hash")) {
        return entry.getValue();
      }
    }
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes(metadata(source));
    parts.writeBytes(digest(initial(source)));
    parts.writeBytes(digest(code(loaded)));
    parts.writeBytes(digest(observed(source)));
    return HexFormat.of().formatHex(md5().digest(parts.toByteArray()));
  }

  private static byte[] metadata(ParsedTest source) {
    StringBuilder text = new StringBuilder();
    source.metadata().entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
        .filter(entry -> SIGNIFICANT.contains(entry.getKey().toLowerCase(Locale.ROOT)))
        .forEach(entry -> text.append(entry.getKey().toLowerCase(Locale.ROOT)).append('=').append(entry.getValue()));
    return text.isEmpty() ? new byte[0] : digest(text.toString());
  }

  private static String initial(ParsedTest source) {
    return source.initial().stream().sorted(Comparator.comparing(Binding::place, HERD_ORDER)).map(TestHash::binding)
        .collect(Collectors.joining("; "));
  }

  private static String binding(Binding binding) {
    DeclaredType type = binding.type();
    String place = binding.place().toString();
    if (type.isArray()) {
      return type.name() + " " + place + "[" + type.length() + "]";
    }
    String prefix = (type.atomic() ? "_Atomic " : "") + type.name() + (type.name().isEmpty() ? "" : " ")
        + (type.pointer() ? "*" : "");
    return prefix + place + "=" + value(binding.value());
  }

  private static String value(Constant constant) {
    return switch (constant) {
      case Constant.Numeral numeral -> numeral.written();
      case Constant.CodeAddress label -> label.thread() + ":" + label.label();
      default -> constant.toString();
    };
  }

  /** The code in columns, labels renamed in the order of their names. */
  private static String code(LoadedTest loaded) {
    SortedSet<String> labels = new TreeSet<>();
    loaded.test().threads().forEach(thread -> labels.addAll(thread.labels().keySet()));
    Map<String, String> renamed = new TreeMap<>();
    for (String label : labels) {
      renamed.put(label, "L" + (renamed.size() < 10 ? "0" : "") + renamed.size());
    }
    List<List<String>> columns = new ArrayList<>();
    for (LitmusThread thread : loaded.test().threads()) {
      columns.add(column(thread, renamed));
    }
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.size(); column++) {
        List<String> cells = columns.get(column);
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        String cell = row < cells.size() ? cells.get(row) : "";
        text.append(column == 0 ? " " : "| ").append(cell).append(" ".repeat(width - cell.length() + 1));
      }
      text.append(";\n");
    }
    return text.toString();
  }

  private static List<String> column(LitmusThread thread, Map<String, String> renamed) {
    List<String> cells = new ArrayList<>();
    for (int index = 0; index <= thread.instructions().size(); index++) {
      for (Map.Entry<String, Integer> label : thread.labels().entrySet()) {
        if (label.getValue() == index) {
          cells.add(renamed.get(label.getKey()) + ":");
        }
      }
      if (index < thread.instructions().size()) {
        cells.add(normalised(thread.instructions().get(index), renamed));
      }
    }
    return cells;
  }

  private static String normalised(Instruction instruction, Map<String, String> renamed) {
    String text = instruction.text().strip().replaceAll("\\s+", " ").replaceAll(" ?, ?", ",");
    int operands = text.indexOf(' ');
    if (operands < 0 || renamed.isEmpty()) {
      return text;
    }
    Matcher words = WORD.matcher(text.substring(operands));
    return text.substring(0, operands) + words.replaceAll(word -> renamed.getOrDefault(word.group(), word.group()));
  }

  private static String observed(ParsedTest source) {
    SortedSet<Place> places = new TreeSet<>(HERD_ORDER);
    places.addAll(source.locations());
    collect(source.condition(), places);
    return places.stream().map(Place::toString).collect(Collectors.joining("; "));
  }

  private static void collect(Formula formula, Set<Place> places) {
    switch (formula) {
      case Formula.And and -> and.parts().forEach(part -> collect(part, places));
      case Formula.Or or -> or.parts().forEach(part -> collect(part, places));
      case Formula.Not not -> collect(not.part(), places);
      case Formula.Implies implies -> {
        collect(implies.premise(), places);
        collect(implies.conclusion(), places);
      }
      case Formula.Holds holds -> places.add(holds.place());
      case Formula.Same same -> {
        places.add(same.left());
        places.add(same.right());
      }
    }
  }

  private static int rank(Place place) {
    return switch (place) {
      case Place.Register register -> register.thread() < 0 ? 1 : 0;
      case Place.Variable variable -> 2;
      case Place.Element element -> 3;
    };
  }

  private static String name(Place place) {
    return switch (place) {
      case Place.Register register -> register.name();
      case Place.Variable variable -> variable.name();
      case Place.Element element -> element.array();
    };
  }

  private static byte[] digest(String text) {
    return md5().digest(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has MD5", impossible);
    }
  }
}
