package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Instruction.Address;
import dev.regardless.arch.arm64.isa.A64Instruction.Constant;
import dev.regardless.arch.arm64.isa.A64Instruction.Index;
import dev.regardless.isa.Alu;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.MicroOp;
import dev.regardless.isa.PureFunction;
import dev.regardless.isa.RegisterFile;

/** Meaning of loads, stores, exclusives and atomics. */
final class A64MemoryTranslator {
  private final MicroOpBuilder builder;
  private final A64DataTranslator data;

  A64MemoryTranslator(MicroOpBuilder builder) {
    this.builder = builder;
    data = new A64DataTranslator(builder);
  }

  /** The address of the access; does the write-back of the base register, whose old value the access keeps. */
  private int address(Address address) {
    int base = address.base();
    if (address.offset() instanceof Constant constant && constant.value() == 0) {
      return builder.compute(Alu.COPY, base);
    }
    if (address.index() == Index.POST) {
      return builder.compute(Alu.COPY, base);
    }
    return builder.compute(Alu.ADD, base, data.operand(address.offset(), 64));
  }

  private void writeBack(Address address, int accessed) {
    if (address.index() == Index.PRE) {
      builder.add(MicroOp.compute(address.base(), Alu.COPY, accessed));
    } else if (address.index() == Index.POST) {
      builder.add(MicroOp.compute(address.base(), Alu.ADD, accessed, data.operand(address.offset(), 64)));
    }
  }

  void translate(A64Instruction.Load load) {
    int address = address(load.address());
    writeBack(load.address(), address);
    load(load.result(), address, load.width(), load.signedBits(), load.annotations());
  }

  private void load(int result, int address, int width, int signedBits, int annotations) {
    if (signedBits == 0) {
      builder.add(MicroOp.load(builder.write(result), address, width, annotations));
      return;
    }
    int value = builder.temporary();
    builder.add(MicroOp.load(value, address, width, annotations));
    PureFunction extend = new BitfieldFunction(BitfieldFunction.Kind.SIGNED, 0, 8 * width - 1, signedBits);
    builder.add(MicroOp.compute(builder.write(result), extend, value));
  }

  void translate(A64Instruction.Store store) {
    int source = builder.compute(Alu.COPY, builder.read(store.source()));
    int address = address(store.address());
    writeBack(store.address(), address);
    builder.add(MicroOp.store(address, source, store.width(), store.annotations()));
  }

  private int following(int address, int width) {
    return builder.compute(Alu.ADD, address, builder.constant(width));
  }

  void translate(A64Instruction.LoadPair pair) {
    int address = address(pair.address());
    int second = following(address, pair.width());
    writeBack(pair.address(), address);
    load(pair.result(), address, pair.width(), pair.signedBits(), pair.annotations() & ~Annotation.IN_ORDER);
    load(pair.second(), second, pair.width(), pair.signedBits(), pair.annotations());
  }

  /** STILP with write-back, which it allows only before the access, stores its second register first. */
  void translate(A64Instruction.StorePair pair) {
    int source = builder.compute(Alu.COPY, builder.read(pair.source()));
    int secondSource = builder.compute(Alu.COPY, builder.read(pair.second()));
    int address = address(pair.address());
    int secondAddress = following(address, pair.width());
    writeBack(pair.address(), address);
    int unordered = pair.annotations() & ~Annotation.IN_ORDER;
    if (pair.address().index() == Index.OFFSET) {
      builder.add(MicroOp.store(address, source, pair.width(), unordered));
      builder.add(MicroOp.store(secondAddress, secondSource, pair.width(), pair.annotations()));
    } else {
      builder.add(MicroOp.store(secondAddress, secondSource, pair.width(), unordered));
      builder.add(MicroOp.store(address, source, pair.width(), pair.annotations()));
    }
  }

  void translate(A64Instruction.LoadExclusive load) {
    int annotations = Annotation.EXCLUSIVE | (load.acquire() ? Annotation.ACQUIRE : 0) | united(load.second());
    int address = builder.compute(Alu.COPY, load.base());
    builder.add(MicroOp.compute(A64Registers.RESERVED_ADDRESS, Alu.COPY, address));
    builder.add(MicroOp.constant(A64Registers.RESERVED_WIDTH, load.width()));
    builder.add(MicroOp.load(builder.write(load.result()), address, load.width(), annotations));
    if (load.second() != A64Instruction.NO_REGISTER) {
      int second = following(address, load.width());
      builder.add(MicroOp.load(builder.write(load.second()), second, load.width(), annotations));
    }
  }

  private static int united(int secondRegister) {
    return secondRegister == A64Instruction.NO_REGISTER ? 0 : Annotation.UNITED;
  }

  /** A store exclusive may always fail; it can succeed only if the monitor guards its address at its width. */
  void translate(A64Instruction.StoreExclusive store) {
    int annotations = Annotation.EXCLUSIVE | Annotation.FREE_DATA | (store.release() ? Annotation.RELEASE : 0)
        | united(store.second());
    int status = builder.write(store.status());
    int choice = builder.reserve();
    int sameWidth = builder.compute(Alu.EQUAL, A64Registers.RESERVED_WIDTH, builder.constant(store.width()));
    builder.add(MicroOp.assume(sameWidth));
    int guarded = builder.compute(Alu.EQUAL, A64Registers.RESERVED_ADDRESS, store.base());
    builder.add(MicroOp.assume(guarded));
    builder.add(MicroOp.store(store.base(), builder.read(store.source()), A64Registers.RESERVED_ADDRESS, store.width(),
        annotations));
    if (store.second() != A64Instruction.NO_REGISTER) {
      builder.add(MicroOp.store(following(store.base(), store.width()), builder.read(store.second()),
          A64Registers.RESERVED_ADDRESS, store.width(), annotations));
    }
    builder.add(MicroOp.constant(status, 0));
    int end = builder.reserve();
    builder.fill(choice, MicroOp.choose(builder.position()));
    builder.add(MicroOp.constant(status, 1));
    builder.fill(end, MicroOp.skip(builder.position()));
    builder.add(MicroOp.constant(A64Registers.RESERVED_ADDRESS, 0));
  }

  void translate(A64Instruction.Atomic atomic) {
    boolean discards = atomic.result() == RegisterFile.ZERO;
    int source = builder.compute(Alu.COPY, builder.read(atomic.source()));
    int address = builder.compute(Alu.COPY, atomic.base());
    int old = builder.temporary();
    builder.add(MicroOp.load(old, address, atomic.width(), readAnnotations(discards, atomic.acquire())));
    int writeAnnotations = Annotation.ATOMIC | (atomic.release() ? Annotation.RELEASE : 0);
    if (atomic.operation() == AtomicOperation.SWP) {
      builder.add(MicroOp.store(address, source, old, atomic.width(), writeAnnotations));
    } else {
      int changed = builder.temporary();
      builder.add(MicroOp.compute(changed, atomic.operation(), old, source, builder.constant(atomic.width())));
      builder.add(MicroOp.store(address, changed, atomic.width(), writeAnnotations));
    }
    if (!discards) {
      builder.add(MicroOp.compute(atomic.result(), Alu.COPY, old));
    }
  }

  private static int readAnnotations(boolean discards, boolean acquire) {
    if (discards) {
      return Annotation.ATOMIC | Annotation.NO_RETURN;
    }
    return Annotation.ATOMIC | (acquire ? Annotation.ACQUIRE : 0);
  }

  void translate(A64Instruction.CompareAndSwap swap) {
    new CompareAndSwapTranslator(builder, swap.width(), swap.expected() == RegisterFile.ZERO, swap.acquire(),
        swap.release()).translate(swap.base(), new int[] {swap.expected()}, new int[] {swap.replacement()});
  }

  void translate(A64Instruction.CompareAndSwapPair swap) {
    new CompareAndSwapTranslator(builder, swap.width(), false, swap.acquire(), swap.release()).translate(swap.base(),
        new int[] {swap.expected(), swap.expectedSecond()}, new int[] {swap.replacement(), swap.replacementSecond()});
  }
}
