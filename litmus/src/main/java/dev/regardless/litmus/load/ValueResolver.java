package dev.regardless.litmus.load;

import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.syntax.Constant;

/** Turns written values into the 64 bits that registers and memory hold. */
final class ValueResolver {
  private final String file;
  private final MemoryBuilder memory;
  private final Labels labels;

  ValueResolver(String file, MemoryBuilder memory, Labels labels) {
    this.file = file;
    this.memory = memory;
    this.labels = labels;
  }

  long resolve(Constant constant) {
    if (constant instanceof Constant.Numeral numeral) {
      return numeral.value();
    }
    if (constant instanceof Constant.Address address) {
      return memory.address(address.variable()) + (long) address.element() * memory.type(address.variable()).bytes();
    }
    if (constant instanceof Constant.CodeAddress label) {
      return CodeAddress.of(label.thread(), labels.index(label));
    }
    if (constant instanceof Constant.Encoding encoding) {
      throw new UnsupportedTestException(file + ": not supported: instructions as data (" + encoding + ")");
    }
    throw new IllegalStateException("a vector is not one value: " + constant);
  }
}
