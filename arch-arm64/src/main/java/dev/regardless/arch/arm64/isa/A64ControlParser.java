package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.FenceKind;
import dev.regardless.isa.UnsupportedTestException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Syntax of branches, barriers and hints. */
final class A64ControlParser {
  private final A64OperandReader reader;
  private final String text;

  A64ControlParser(A64OperandReader reader) {
    this.reader = reader;
    text = reader.normalised();
  }

  @Nullable
  A64Instruction parse() {
    String mnemonic = reader.mnemonic();
    return switch (mnemonic) {
      case "B" -> finished(new A64Instruction.Branch(text, reader.label(), 0));
      case "BL" -> finished(new A64Instruction.Branch(text, reader.label(), reader.context().nextAddress()));
      case "BR" -> finished(new A64Instruction.BranchRegister(text, reader.register(64), 0));
      case "BLR" ->
        finished(new A64Instruction.BranchRegister(text, reader.register(64), reader.context().nextAddress()));
      case "RET" -> {
        int target = reader.atEnd() ? A64Registers.LINK : reader.register(64);
        yield finished(new A64Instruction.BranchRegister(text, target, 0));
      }
      case "CBZ" -> compare(true);
      case "CBNZ" -> compare(false);
      case "TBZ" -> test(true);
      case "TBNZ" -> test(false);
      case "DMB", "DSB", "ISB" -> barrier();
      case "NOP", "HINT", "YIELD", "WFE", "SEV", "CSDB", "BTI", "HLT" -> new A64Instruction.Nothing(text);
      case "SVC", "ERET", "UDF", "BRK", "DC", "IC", "TLBI", "AT" ->
        throw new UnsupportedTestException(reader.context().place(0) + ": " + mnemonic
            + " is not supported: exceptions, caches and address translation are outside user mode");
      default -> conditional();
    };
  }

  private A64Instruction finished(A64Instruction instruction) {
    reader.finish();
    return instruction;
  }

  private @Nullable A64Instruction conditional() {
    String mnemonic = reader.mnemonic();
    if (!mnemonic.startsWith("B") || mnemonic.length() < 3) {
      return null;
    }
    String name = mnemonic.substring(mnemonic.charAt(1) == '.' ? 2 : 1);
    Optional<Condition> condition = Condition.named(name);
    if (condition.isEmpty()) {
      return null;
    }
    return finished(new A64Instruction.BranchCondition(text, condition.get(), reader.label()));
  }

  private A64Instruction compare(boolean onZero) {
    int bits = reader.peekBits();
    int source = reader.register();
    return finished(new A64Instruction.CompareBranch(text, source, onZero, reader.label(), bits));
  }

  private A64Instruction test(boolean onZero) {
    int bits = reader.peekBits();
    int source = reader.register();
    int bit = reader.constant(0, bits - 1);
    return finished(new A64Instruction.TestBranch(text, source, bit, onZero, reader.label()));
  }

  private A64Instruction barrier() {
    boolean completion = reader.mnemonic().equals("DSB");
    if (reader.mnemonic().equals("ISB")) {
      if (!reader.atEnd() && !reader.word().equalsIgnoreCase("SY")) {
        throw reader.error("SY");
      }
      return finished(new A64Instruction.Barrier(text, FenceKind.INSTRUCTION));
    }
    String option = reader.peek().toUpperCase(Locale.ROOT);
    FenceKind kind = switch (option) {
      case "SY", "ISH", "NSH", "OSH" -> completion ? FenceKind.COMPLETION_FULL : FenceKind.FULL;
      case "LD", "ISHLD", "NSHLD", "OSHLD" -> completion ? FenceKind.COMPLETION_LOAD : FenceKind.LOAD;
      case "ST", "ISHST", "NSHST", "OSHST" -> completion ? FenceKind.COMPLETION_STORE : FenceKind.STORE;
      default -> throw reader.error("SY, LD, ST, ISH, ISHLD, ISHST, NSH... or OSH...");
    };
    reader.word();
    return finished(new A64Instruction.Barrier(text, kind));
  }
}
