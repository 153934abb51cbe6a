package dev.regardless.litmus.test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cells of a test, by address. */
public final class MemoryLayout {
  /** What {@link #cellAt} returns for an address that is no cell's. */
  public static final int NONE = -1;

  private static final long FIRST_ADDRESS = 0x4D2A_0000L;
  private static final long LOCATION_BYTES = 0x1000L;

  private final List<MemoryCell> cells;
  private final long[] sortedAddresses;
  private final int[] cellOfSorted;

  /** @param cells in any order, with distinct addresses */
  public MemoryLayout(List<MemoryCell> cells) {
    this.cells = List.copyOf(cells);
    Integer[] order = new Integer[cells.size()];
    Arrays.setAll(order, index -> index);
    Arrays.sort(order, (left, right) -> Long.compare(cells.get(left).address(), cells.get(right).address()));
    sortedAddresses = new long[order.length];
    cellOfSorted = new int[order.length];
    for (int index = 0; index < order.length; index++) {
      cellOfSorted[index] = order[index];
      sortedAddresses[index] = cells.get(order[index]).address();
    }
  }

  /** The address to give to the location that is declared at position {@code location} (from 0) of a test. */
  public static long addressOf(int location) {
    return FIRST_ADDRESS + location * LOCATION_BYTES;
  }

  /** All cells; their positions here are their numbers. */
  public List<MemoryCell> cells() {
    return cells;
  }

  /** The number of the cell at this address, or {@link #NONE}. */
  public int cellAt(long address) {
    int position = Arrays.binarySearch(sortedAddresses, address);
    return position < 0 ? NONE : cellOfSorted[position];
  }

  /** The cells of one location, in the order of their elements. */
  public List<MemoryCell> location(String name) {
    return cells.stream().filter(cell -> cell.location().equals(name)).toList();
  }

  /** If the value points to a location or into one: its name, with {@code +offset} in bytes if it is not the start. */
  public Optional<String> symbol(long value) {
    for (MemoryCell cell : cells) {
      if (cell.element() > 0) {
        continue;
      }
      long offset = value - cell.address();
      if (offset == 0) {
        return Optional.of(cell.location());
      }
      if (offset > 0 && offset < LOCATION_BYTES && value >= FIRST_ADDRESS) {
        return Optional.of(cell.location() + "+" + offset);
      }
    }
    return Optional.empty();
  }
}
