package dev.regardless.litmus.report;

import dev.regardless.isa.Instruction;
import dev.regardless.litmus.load.LoadedTest;
import dev.regardless.litmus.syntax.Binding;
import dev.regardless.litmus.syntax.Constant;
import dev.regardless.litmus.syntax.DeclaredType;
import dev.regardless.litmus.syntax.ParsedTest;
import dev.regardless.litmus.syntax.Place;
import dev.regardless.litmus.test.LitmusThread;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
  private static final Comparator<Place> HERD_ORDER = TestHash::compare;

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
    String metadata = metadata(source);
    if (!metadata.isEmpty()) {
      parts.writeBytes(Md5.digest(metadata));
    }
    parts.writeBytes(Md5.digest(initial(source)));
    parts.writeBytes(Md5.digest(code(loaded)));
    parts.writeBytes(Md5.digest(observed(source)));
    return HexFormat.of().formatHex(Md5.digest(parts.toByteArray()));
  }

  private static String metadata(ParsedTest source) {
    SortedMap<String, String> significant = new TreeMap<>(Comparator.reverseOrder());
    for (Map.Entry<String, String> entry : source.metadata().entrySet()) {
      if (SIGNIFICANT.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
        significant.put(entry.getKey(), entry.getValue());
      }
    }
    StringBuilder text = new StringBuilder();
    significant.forEach((key, value) -> text.append(key.toLowerCase(Locale.ROOT)).append('=').append(value));
    return text.toString();
  }

  private static String initial(ParsedTest source) {
    List<Binding> bindings = new ArrayList<>(source.initial());
    bindings.sort((left, right) -> HERD_ORDER.compare(left.place(), right.place()));
    StringBuilder text = new StringBuilder();
    for (Binding binding : bindings) {
      text.append(text.isEmpty() ? "" : "; ").append(binding(binding));
    }
    return text.toString();
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
    if (constant instanceof Constant.Numeral numeral) {
      return numeral.written();
    }
    return constant instanceof Constant.CodeAddress label ? label.thread() + ":" + label.label() : constant.toString();
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
    int rows = 0;
    int[] widths = new int[columns.size()];
    for (int column = 0; column < widths.length; column++) {
      rows = Math.max(rows, columns.get(column).size());
      for (String cell : columns.get(column)) {
        widths[column] = Math.max(widths[column], cell.length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < widths.length; column++) {
        List<String> cells = columns.get(column);
        String cell = row < cells.size() ? cells.get(row) : "";
        text.append(column == 0 ? " " : "| ").append(cell).repeat(' ', widths[column] - cell.length() + 1);
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
    String text = spaced(instruction.text());
    int operands = text.indexOf(' ');
    if (operands < 0 || renamed.isEmpty()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 8).append(text, 0, operands);
    int next = operands;
    while (next < text.length()) {
      int end = next;
      while (end < text.length() && isWord(text.charAt(end), end > next)) {
        end++;
      }
      if (end == next) {
        result.append(text.charAt(next++));
      } else {
        String word = text.substring(next, end);
        result.append(renamed.getOrDefault(word, word));
        next = end;
      }
    }
    return result.toString();
  }

  private static boolean isWord(char character, boolean digits) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') || character == '_'
        || (digits && character >= '0' && character <= '9');
  }

  /** One space for each gap, and none beside commas. */
  private static String spaced(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isWhitespace(character)) {
        gap = !result.isEmpty();
        continue;
      }
      if (gap && character != ',' && result.charAt(result.length() - 1) != ',') {
        result.append(' ');
      }
      gap = false;
      result.append(character);
    }
    return result.toString();
  }

  private static String observed(ParsedTest source) {
    SortedSet<Place> places = new TreeSet<>(HERD_ORDER);
    places.addAll(source.locations());
    source.condition().places((place, _) -> places.add(place));
    StringBuilder text = new StringBuilder();
    for (Place place : places) {
      text.append(text.isEmpty() ? "" : "; ").append(place);
    }
    return text.toString();
  }

  private static int compare(Place left, Place right) {
    int order = Integer.compare(rank(left), rank(right));
    order = order == 0 ? Integer.compare(thread(left), thread(right)) : order;
    order = order == 0 ? name(left).compareTo(name(right)) : order;
    return order == 0 ? Integer.compare(index(left), index(right)) : order;
  }

  private static int thread(Place place) {
    return place instanceof Place.Register register ? register.thread() : 0;
  }

  private static int index(Place place) {
    return place instanceof Place.Element element ? element.index() : 0;
  }

  private static int rank(Place place) {
    if (place instanceof Place.Register register) {
      return register.thread() < 0 ? 1 : 0;
    }
    return place instanceof Place.Variable ? 2 : 3;
  }

  private static String name(Place place) {
    if (place instanceof Place.Register register) {
      return register.name();
    }
    return place instanceof Place.Variable variable ? variable.name() : ((Place.Element) place).array();
  }
}
