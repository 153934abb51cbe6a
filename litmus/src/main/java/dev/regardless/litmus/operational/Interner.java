package dev.regardless.litmus.operational;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers arrays of numbers by their contents, from 0 in the order of their arrival. Kept arrays are not to be changed. */
final class Interner {
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<long[]> contents = new ArrayList<>();

  private record Key(long[] content) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(content, key.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }
  }

  int size() {
    return contents.size();
  }

  long[] content(int number) {
    return contents.get(number);
  }

  /** The number of an array, which is kept if it is new. */
  int number(long[] content) {
    Integer known = numbers.putIfAbsent(new Key(content), contents.size());
    if (known != null) {
      return known;
    }
    contents.add(content);
    return contents.size() - 1;
  }
}
