package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.Alu;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.RegisterFile;

/**
 * CAS and CASP. The architecture leaves open how the instruction is carried out, and each way is a choice:
 *
 * <ul>
 * <li>success, the result register depending on what was compared: on the expected value by data, on memory because of
 * the comparison;
 * <li>success, the result register depending on memory by data;
 * <li>failure that writes the old value back;
 * <li>failure without a write.
 * </ul>
 */
final class CompareAndSwapTranslator {
  private final MicroOpBuilder builder;
  private final int width;
  private final boolean discards;
  private final boolean acquire;
  private final boolean release;

  CompareAndSwapTranslator(MicroOpBuilder builder, int width, boolean discards, boolean acquire, boolean release) {
    this.builder = builder;
    this.width = width;
    this.discards = discards;
    this.acquire = acquire;
    this.release = release;
  }

  void translate(int base, int[] expected, int[] replacement) {
    int[] addresses = new int[expected.length];
    int[] wanted = new int[expected.length];
    int[] stored = new int[expected.length];
    int[] found = new int[expected.length];
    addresses[0] = builder.compute(Alu.COPY, base);
    for (int index = 0; index < expected.length; index++) {
      if (index > 0) {
        addresses[index] = builder.compute(Alu.ADD, addresses[0], builder.constant(width));
      }
      wanted[index] = builder.compute(new ExtendFunction(8 * width, false, 0), builder.read(expected[index]));
      stored[index] = builder.compute(Alu.COPY, builder.read(replacement[index]));
      found[index] = builder.temporary();
    }
    int equal = builder.temporary();
    int different = builder.temporary();
    int failure = builder.reserve();
    int fromMemory = builder.reserve();
    readAndCompare(addresses, wanted, found, equal, true);
    builder.add(MicroOp.assume(equal));
    write(addresses, stored, equal);
    results(expected, wanted, equal);
    int firstEnd = builder.reserve();

    builder.fill(fromMemory, MicroOp.choose(builder.position()));
    readAndCompare(addresses, wanted, found, equal, true);
    builder.add(MicroOp.assume(equal));
    write(addresses, stored, equal);
    results(expected, found, MicroOp.NONE);
    int secondEnd = builder.reserve();

    builder.fill(failure, MicroOp.choose(builder.position()));
    int silent = builder.reserve();
    readAndCompare(addresses, wanted, found, equal, true);
    builder.add(MicroOp.compute(different, Alu.EQUAL, equal, builder.constant(0)));
    builder.add(MicroOp.assume(different));
    write(addresses, found, equal);
    results(expected, found, MicroOp.NONE);
    int thirdEnd = builder.reserve();

    builder.fill(silent, MicroOp.choose(builder.position()));
    readAndCompare(addresses, wanted, found, equal, false);
    builder.add(MicroOp.compute(different, Alu.EQUAL, equal, builder.constant(0)));
    builder.add(MicroOp.assume(different));
    results(expected, found, MicroOp.NONE);
    MicroOp end = MicroOp.skip(builder.position());
    builder.fill(firstEnd, end);
    builder.fill(secondEnd, end);
    builder.fill(thirdEnd, end);
  }

  private void readAndCompare(int[] addresses, int[] wanted, int[] found, int equal, boolean writes) {
    int annotations = discards
        ? Annotation.ATOMIC | Annotation.NO_RETURN
        : (writes ? Annotation.ATOMIC : 0) | (acquire ? Annotation.ACQUIRE : 0);
    for (int index = 0; index < addresses.length; index++) {
      builder.add(MicroOp.load(found[index], addresses[index], width, annotations));
    }
    builder.add(MicroOp.compute(equal, Alu.EQUAL, found[0], wanted[0]));
    for (int index = 1; index < addresses.length; index++) {
      int next = builder.compute(Alu.EQUAL, found[index], wanted[index]);
      builder.add(MicroOp.compute(equal, Alu.AND, equal, next));
    }
  }

  private void write(int[] addresses, int[] values, int because) {
    int annotations = Annotation.ATOMIC | (release ? Annotation.RELEASE : 0);
    for (int index = 0; index < addresses.length; index++) {
      builder.add(MicroOp.store(addresses[index], values[index], because, width, annotations));
    }
  }

  private void results(int[] registers, int[] values, int because) {
    for (int index = 0; index < registers.length; index++) {
      if (registers[index] != RegisterFile.ZERO) {
        builder.add(because == MicroOp.NONE
            ? MicroOp.compute(registers[index], Alu.COPY, values[index])
            : MicroOp.select(registers[index], values[index], because));
      }
    }
  }
}
