package dev.regardless.arch.arm64.isa;

import dev.regardless.arch.arm64.isa.A64Instruction.Address;
import dev.regardless.isa.Annotation;
import dev.regardless.isa.RegisterFile;
import org.jspecify.annotations.Nullable;

/** Syntax of loads, stores, exclusives and atomics. */
final class A64MemoryParser {
  private static final int WORD = 32;

  private final A64OperandReader reader;
  private final String text;

  A64MemoryParser(A64OperandReader reader) {
    this.reader = reader;
    text = reader.normalised();
  }

  @Nullable
  A64Instruction parse() {
    return switch (reader.mnemonic()) {
      case "LDR", "LDUR", "LDTR" -> load(0, 0, Annotation.PLAIN);
      case "LDRB", "LDURB", "LDTRB" -> load(1, 0, Annotation.PLAIN);
      case "LDRH", "LDURH", "LDTRH" -> load(2, 0, Annotation.PLAIN);
      case "LDRSB", "LDURSB", "LDTRSB" -> load(1, reader.peekBits(), Annotation.PLAIN);
      case "LDRSH", "LDURSH", "LDTRSH" -> load(2, reader.peekBits(), Annotation.PLAIN);
      case "LDRSW", "LDURSW", "LDTRSW" -> load(4, 64, Annotation.PLAIN);
      case "LDAR", "LDLAR" -> load(0, 0, Annotation.ACQUIRE);
      case "LDARB" -> load(1, 0, Annotation.ACQUIRE);
      case "LDARH" -> load(2, 0, Annotation.ACQUIRE);
      case "LDAPR", "LDAPUR" -> load(0, 0, Annotation.ACQUIRE_PC);
      case "LDAPRB", "LDAPURB" -> load(1, 0, Annotation.ACQUIRE_PC);
      case "LDAPRH", "LDAPURH" -> load(2, 0, Annotation.ACQUIRE_PC);
      case "STR", "STUR", "STTR" -> store(0, Annotation.PLAIN);
      case "STRB", "STURB", "STTRB" -> store(1, Annotation.PLAIN);
      case "STRH", "STURH", "STTRH" -> store(2, Annotation.PLAIN);
      case "STLR", "STLUR" -> store(0, Annotation.RELEASE);
      case "STLRB", "STLURB" -> store(1, Annotation.RELEASE);
      case "STLRH", "STLURH" -> store(2, Annotation.RELEASE);
      case "LDP", "LDNP" -> loadPair(0, Annotation.PLAIN);
      case "LDPSW" -> loadPair(64, Annotation.PLAIN);
      case "LDAP" -> loadPair(0, Annotation.ACQUIRE);
      case "LDIAPP" -> loadPair(0, Annotation.ACQUIRE_PC | Annotation.IN_ORDER);
      case "STP", "STNP" -> storePair(Annotation.PLAIN);
      case "STLP" -> storePair(Annotation.RELEASE);
      case "STILP" -> storePair(Annotation.RELEASE | Annotation.IN_ORDER);
      case "LDXR" -> loadExclusive(0, false, false);
      case "LDXRB" -> loadExclusive(1, false, false);
      case "LDXRH" -> loadExclusive(2, false, false);
      case "LDAXR" -> loadExclusive(0, true, false);
      case "LDAXRB" -> loadExclusive(1, true, false);
      case "LDAXRH" -> loadExclusive(2, true, false);
      case "LDXP" -> loadExclusive(0, false, true);
      case "LDAXP" -> loadExclusive(0, true, true);
      case "STXR" -> storeExclusive(0, false, false);
      case "STXRB" -> storeExclusive(1, false, false);
      case "STXRH" -> storeExclusive(2, false, false);
      case "STLXR" -> storeExclusive(0, true, false);
      case "STLXRB" -> storeExclusive(1, true, false);
      case "STLXRH" -> storeExclusive(2, true, false);
      case "STXP" -> storeExclusive(0, false, true);
      case "STLXP" -> storeExclusive(0, true, true);
      default -> atomic();
    };
  }

  private int width(int fixed, int bits) {
    return fixed != 0 ? fixed : bits / 8;
  }

  private A64Instruction load(int fixedWidth, int signedBits, int annotations) {
    int bits = reader.peekBits();
    int result = reader.register();
    Address address = reader.address();
    reader.finish();
    return new A64Instruction.Load(text, result, address, width(fixedWidth, bits), signedBits, annotations);
  }

  private A64Instruction store(int fixedWidth, int annotations) {
    int bits = reader.peekBits();
    int source = reader.register();
    Address address = reader.address();
    reader.finish();
    return new A64Instruction.Store(text, source, address, width(fixedWidth, bits), annotations);
  }

  private A64Instruction loadPair(int signedBits, int annotations) {
    int bits = reader.peekBits();
    int first = reader.register();
    int second = reader.register(bits);
    Address address = reader.address();
    reader.finish();
    int width = signedBits != 0 ? 4 : bits / 8;
    return new A64Instruction.LoadPair(text, first, second, address, width, signedBits, annotations);
  }

  private A64Instruction storePair(int annotations) {
    int bits = reader.peekBits();
    int first = reader.register();
    int second = reader.register(bits);
    Address address = reader.address();
    reader.finish();
    return new A64Instruction.StorePair(text, first, second, address, bits / 8, annotations);
  }

  private A64Instruction loadExclusive(int fixedWidth, boolean acquire, boolean pair) {
    int bits = reader.peekBits();
    int first = reader.register();
    int second = pair ? reader.register(bits) : A64Instruction.NO_REGISTER;
    int base = reader.base();
    reader.finish();
    return new A64Instruction.LoadExclusive(text, first, second, base, width(fixedWidth, bits), acquire);
  }

  private A64Instruction storeExclusive(int fixedWidth, boolean release, boolean pair) {
    int status = reader.register(WORD);
    int bits = reader.peekBits();
    int first = reader.register();
    int second = pair ? reader.register(bits) : A64Instruction.NO_REGISTER;
    int base = reader.base();
    reader.finish();
    return new A64Instruction.StoreExclusive(text, status, first, second, base, width(fixedWidth, bits), release);
  }

  /** CAS, CASP, SWP, LD and ST forms with the suffixes A, L, AL and B, H. */
  private @Nullable A64Instruction atomic() {
    String mnemonic = reader.mnemonic();
    if (mnemonic.startsWith("CASP")) {
      Suffix suffix = Suffix.of(mnemonic.substring(4), false);
      return suffix == null ? null : compareAndSwapPair(suffix);
    }
    if (mnemonic.startsWith("CAS")) {
      Suffix suffix = Suffix.of(mnemonic.substring(3), true);
      return suffix == null ? null : compareAndSwap(suffix);
    }
    if (mnemonic.startsWith("SWP")) {
      Suffix suffix = Suffix.of(mnemonic.substring(3), true);
      return suffix == null ? null : operate(AtomicOperation.SWP, suffix, false);
    }
    if (mnemonic.startsWith("LD") || mnemonic.startsWith("ST")) {
      for (AtomicOperation operation : AtomicOperation.values()) {
        if (operation != AtomicOperation.SWP && mnemonic.startsWith(operation.name(), 2)) {
          Suffix suffix = Suffix.of(mnemonic.substring(2 + operation.name().length()), true);
          boolean store = mnemonic.startsWith("ST");
          if (suffix != null && !(store && suffix.acquire)) {
            return operate(operation, suffix, store);
          }
        }
      }
    }
    return null;
  }

  private record Suffix(boolean acquire, boolean release, int width) {
    static @Nullable Suffix of(String text, boolean narrow) {
      String order = text;
      int width = 0;
      if (narrow && (text.endsWith("B") || text.endsWith("H"))) {
        width = text.endsWith("B") ? 1 : 2;
        order = text.substring(0, text.length() - 1);
      }
      return switch (order) {
        case "" -> new Suffix(false, false, width);
        case "A" -> new Suffix(true, false, width);
        case "L" -> new Suffix(false, true, width);
        case "AL" -> new Suffix(true, true, width);
        default -> null;
      };
    }
  }

  private A64Instruction operate(AtomicOperation operation, Suffix suffix, boolean store) {
    int bits = reader.peekBits();
    int source = reader.register();
    int result = store ? RegisterFile.ZERO : reader.register(bits);
    int base = reader.base();
    reader.finish();
    return new A64Instruction.Atomic(text, source, result, base, operation, width(suffix.width, bits), suffix.acquire,
        suffix.release);
  }

  private A64Instruction compareAndSwap(Suffix suffix) {
    int bits = reader.peekBits();
    int expected = reader.register();
    int replacement = reader.register(bits);
    int base = reader.base();
    reader.finish();
    return new A64Instruction.CompareAndSwap(text, expected, replacement, base, width(suffix.width, bits),
        suffix.acquire, suffix.release);
  }

  private A64Instruction compareAndSwapPair(Suffix suffix) {
    int bits = reader.peekBits();
    int expected = reader.register();
    int expectedSecond = reader.register(bits);
    int replacement = reader.register(bits);
    int replacementSecond = reader.register(bits);
    int base = reader.base();
    reader.finish();
    return new A64Instruction.CompareAndSwapPair(text, expected, expectedSecond, replacement, replacementSecond, base,
        bits / 8, suffix.acquire, suffix.release);
  }
}
