package dev.regardless.litmus.syntax;

import dev.regardless.litmus.test.Quantifier;
import java.util.List;
import java.util.SequencedMap;

/**
 * A litmus file after parsing and before its instructions are read.
 *
 * @param file          the file's name as the user wrote it
 * @param architecture  the first word of the file
 * @param name          the test's name
 * @param documentation the quoted text, empty if there is none
 * @param metadata      the {@code Key=value} lines in order; a repeated key keeps its first value
 * @param initial       the initial state in order
 * @param threads       each thread's column of code
 * @param locations     the places of {@code locations [...]}, in order
 * @param filter        only executions that satisfy it count
 * @param quantifier    of the condition
 * @param condition     what the test asks; true if the file has no condition
 */
public record ParsedTest(String file, String architecture, String name, String documentation,
    SequencedMap<String, String> metadata, List<Binding> initial, List<List<CodeLine>> threads, List<Place> locations,
    Formula filter, Quantifier quantifier, Formula condition) {
  public ParsedTest {
    initial = List.copyOf(initial);
    threads = threads.stream().map(List::copyOf).toList();
    locations = List.copyOf(locations);
  }
}
