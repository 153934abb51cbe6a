package dev.regardless.arch.x86.isa;

import dev.regardless.arch.x86.isa.X86Function.Operation;
import dev.regardless.arch.x86.isa.X86Instruction.Immediate;
import dev.regardless.arch.x86.isa.X86Instruction.Memory;
import dev.regardless.arch.x86.isa.X86Instruction.Operand;
import dev.regardless.arch.x86.isa.X86Instruction.Register;
import dev.regardless.isa.CodeAddress;
import dev.regardless.isa.FenceKind;
import dev.regardless.isa.ParseContext;
import dev.regardless.isa.UnsupportedTestException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Syntax: which operation a mnemonic is, how wide, and which operand it changes. */
final class X86Parser {
  private static final int PAST_ANY_THREAD = 4095;

  private static final Map<String, Operation> ARITHMETIC = Map.of("ADD", Operation.ADD, "ADC", Operation.ADD, "SUB",
      Operation.SUBTRACT, "SBB", Operation.SUBTRACT, "AND", Operation.AND, "OR", Operation.OR, "XOR", Operation.XOR);
  private static final Map<String, Operation> UNARY = Map.of("INC", Operation.ADD, "DEC", Operation.SUBTRACT, "NEG",
      Operation.NEGATE, "NOT", Operation.NOT);
  private static final Map<String, Operation> SHIFTS = Map.of("SHL", Operation.SHIFT_LEFT, "SAL",
      Operation.SHIFT_LEFT, "SHR", Operation.SHIFT_RIGHT, "SAR", Operation.SHIFT_RIGHT_SIGNED);
  private static final Map<String, Operation> BITS = Map.of("BT", Operation.COPY, "BTS", Operation.OR, "BTR",
      Operation.AND_NOT, "BTC", Operation.XOR);
  private static final Set<String> OTHERS = Set.of("MOV", "MOVABS", "MOVNTI", "LEA", "XCHG", "UXCH", "CMP", "TEST",
      "XADD", "CMPXCHG", "NOP");
  private static final Set<String> KNOWN_BUT_UNSUPPORTED = Set.of("PUSH", "POP", "CALL", "IMUL", "MUL", "DIV", "IDIV",
      "ROL", "ROR", "RCL", "RCR", "SHLD", "SHRD", "BSF", "BSR", "TZCNT", "LZCNT", "POPCNT", "BSWAP", "MOVBE", "CBW",
      "CWDE", "CDQE", "CWD", "CDQ", "CQO", "MOVSD", "MOVS", "STOS", "LODS", "CMPS", "SCAS", "MOVD", "MOVNTDQ",
      "MOVNTDQA", "MOVDQA", "MOVDQU", "MOVAPS", "MOVT", "CMPXCHG8B", "CMPXCHG16B", "XBEGIN", "XEND", "XABORT", "CPUID",
      "RDTSC", "RDTSCP", "SYSCALL", "INT", "HLT", "CLWB", "SERIALIZE", "ENTER", "LEAVE", "LOOP", "XLAT", "PUSHF",
      "POPF");

  private final X86OperandReader reader;
  private final X86Registers registers;
  private final boolean sourceFirst;
  private final String text;
  private boolean locked;
  private String operation = "";
  private int suffixBits;

  /** @param sourceFirst whether operands come in AT&amp;T order */
  X86Parser(String text, ParseContext context, X86Registers registers, boolean sourceFirst) {
    reader = new X86OperandReader(text, context, registers);
    this.registers = registers;
    this.sourceFirst = sourceFirst;
    this.text = reader.normalised();
  }

  X86Instruction parse() {
    String mnemonic = reader.word();
    if (mnemonic.equals("LOCK")) {
      locked = true;
      mnemonic = reader.word();
    }
    X86Instruction instruction = control(mnemonic);
    if (instruction == null) {
      instruction = moving(mnemonic);
    }
    if (instruction == null) {
      instruction = computing(mnemonic);
    }
    reader.finish();
    if (locked && !lockable(instruction)) {
      throw reader.context().error(0, "LOCK before '" + mnemonic + "'",
          "XCHG, ADD, ADC, SUB, SBB, AND, OR, XOR, INC, DEC, NEG, NOT, XADD, CMPXCHG, BTS, BTR or BTC that changes "
              + "memory");
    }
    return instruction;
  }

  private static boolean lockable(X86Instruction instruction) {
    return switch (instruction) {
      case X86Instruction.Exchange exchange ->
        exchange.first() instanceof Memory || exchange.second() instanceof Memory;
      case X86Instruction.Arithmetic change -> change.target() instanceof Memory;
      case X86Instruction.Unary change -> change.target() instanceof Memory;
      case X86Instruction.ExchangeAdd change -> change.target() instanceof Memory;
      case X86Instruction.CompareExchange change -> change.target() instanceof Memory;
      case X86Instruction.BitTest change -> change.target() instanceof Memory && change.operation() != Operation.COPY;
      default -> false;
    };
  }

  // ---- jumps, fences, and what is named by its first letters ----

  private @Nullable X86Instruction control(String mnemonic) {
    switch (mnemonic) {
      case "JMP" :
        return new X86Instruction.Jump(text, reader.label());
      case "RET", "RETQ" :
        return new X86Instruction.Jump(text,
            CodeAddress.of(CodeAddress.thread(reader.context().nextAddress()), PAST_ANY_THREAD));
      case "MFENCE" :
        return new X86Instruction.Fence(text, FenceKind.FULL);
      case "LFENCE" :
        return new X86Instruction.Fence(text, FenceKind.LOAD);
      case "SFENCE" :
        return new X86Instruction.Fence(text, FenceKind.STORE);
      case "CLFLUSH", "CLFLUSHOPT" :
        reader.memory();
        return new X86Instruction.Fence(text, FenceKind.FULL);
      case "CLC" :
        return new X86Instruction.SetCarry(text, 0);
      case "STC" :
        return new X86Instruction.SetCarry(text, 1);
      case "PAUSE", "ENDBR64", "ENDBR32" :
        return new X86Instruction.Nothing(text);
      case "NOP", "NOPW", "NOPL", "NOPQ" :
        if (!reader.atEnd()) {
          reader.operand();
        }
        return new X86Instruction.Nothing(text);
      default :
        return conditional(mnemonic);
    }
  }

  private @Nullable X86Instruction conditional(String mnemonic) {
    if (mnemonic.startsWith("J")) {
      X86Condition condition = X86Condition.named(mnemonic.substring(1)).orElse(null);
      return condition == null ? null : new X86Instruction.ConditionalJump(text, condition, reader.label());
    }
    if (mnemonic.startsWith("SET")) {
      X86Condition condition = X86Condition.named(mnemonic.substring(3)).orElse(null);
      return condition == null ? null : new X86Instruction.ConditionalSet(text, condition, changed(reader.operand()));
    }
    return mnemonic.startsWith("CMOV") ? conditionalMove(mnemonic.substring(4)) : null;
  }

  private @Nullable X86Instruction conditionalMove(String name) {
    X86Condition condition = X86Condition.named(name).orElse(null);
    if (condition == null && !name.isEmpty()) {
      suffixBits = bitsOf(name.charAt(name.length() - 1));
      condition = suffixBits == 0 ? null : X86Condition.named(name.substring(0, name.length() - 1)).orElse(null);
    }
    if (condition == null) {
      return null;
    }
    Operand[] both = targetAndSource();
    Operand target = both[0];
    Operand source = both[1];
    if (target instanceof Memory && source instanceof Register) {
      target = both[1];
      source = both[0];
    }
    int bits = bits(target, source);
    return new X86Instruction.ConditionalMove(text, condition, registerOf(target), source, bits);
  }

  // ---- moves ----

  private @Nullable X86Instruction moving(String mnemonic) {
    if (mnemonic.equals("MOVSXD") || mnemonic.equals("MOVSLQ")) {
      suffixBits = mnemonic.equals("MOVSLQ") ? 64 : 0;
      return extended(32, true);
    }
    if (!mnemonic.startsWith("MOVZ") && !mnemonic.startsWith("MOVS")) {
      return null;
    }
    boolean signed = mnemonic.charAt(3) == 'S';
    String widths = mnemonic.substring(4);
    if (widths.equals("X")) {
      return extended(0, signed);
    }
    if (widths.length() != 2 || bitsOf(widths.charAt(0)) == 0 || bitsOf(widths.charAt(1)) == 0
        || bitsOf(widths.charAt(0)) >= bitsOf(widths.charAt(1))) {
      return null;
    }
    suffixBits = bitsOf(widths.charAt(1));
    return extended(bitsOf(widths.charAt(0)), signed);
  }

  private X86Instruction extended(int sourceBits, boolean signed) {
    Operand[] both = targetAndSource();
    Register target = registerOf(both[0]);
    int bits = suffixBits != 0 ? suffixBits : target.part().bits();
    int from = sourceBits;
    if (from == 0) {
      from = both[1] instanceof Register register ? register.part().bits() : reader.hint();
    }
    if (from == 0 || from >= bits || both[1] instanceof Immediate) {
      throw reader.error("a source narrower than the target, of known width");
    }
    fits(both[1], from);
    fits(target, bits);
    return new X86Instruction.MoveExtended(text, target, both[1], from, signed, bits);
  }

  // ---- everything with a width suffix ----

  private static int bitsOf(char suffix) {
    return switch (suffix) {
      case 'B' -> 8;
      case 'W' -> 16;
      case 'L' -> 32;
      case 'Q' -> 64;
      default -> 0;
    };
  }

  private static boolean isOperation(String name) {
    return ARITHMETIC.containsKey(name) || UNARY.containsKey(name) || SHIFTS.containsKey(name)
        || BITS.containsKey(name) || OTHERS.contains(name);
  }

  private void split(String mnemonic) {
    operation = mnemonic;
    suffixBits = 0;
    if (isOperation(mnemonic)) {
      return;
    }
    String stem = mnemonic.substring(0, mnemonic.length() - 1);
    int bits = bitsOf(mnemonic.charAt(mnemonic.length() - 1));
    if (bits != 0 && isOperation(stem)) {
      operation = stem;
      suffixBits = bits;
    } else if (KNOWN_BUT_UNSUPPORTED.contains(mnemonic) || (bits != 0 && KNOWN_BUT_UNSUPPORTED.contains(stem))) {
      throw new UnsupportedTestException(reader.context().place(0) + ": " + mnemonic
          + " is not supported: stacks, strings, vectors, multiplications, rotations and system instructions are not "
          + "built in");
    } else {
      throw reader.context().error(0, "unknown instruction '" + mnemonic + "'", "an x86 instruction");
    }
    if (suffixBits > registers.nativeBits()) {
      suffixBits = registers.nativeBits();
    }
  }

  private X86Instruction computing(String mnemonic) {
    split(mnemonic);
    if (UNARY.containsKey(operation)) {
      Operand target = changed(reader.operand());
      return new X86Instruction.Unary(text, UNARY.get(operation), target, bits(target, target), locked);
    }
    if (SHIFTS.containsKey(operation)) {
      return shift();
    }
    Operand[] both = targetAndSource();
    Operand target = both[0];
    Operand source = both[1];
    if (BITS.containsKey(operation)) {
      return bitTest(target, source);
    }
    if (operation.equals("LEA")) {
      if (source instanceof Memory address) {
        return new X86Instruction.LoadAddress(text, registerOf(target), address, bits(target, target));
      }
      throw reader.error("an address as source of LEA");
    }
    if (target instanceof Memory && source instanceof Memory) {
      throw reader.error("at most one operand in memory");
    }
    if (operation.equals("CMPXCHG") || operation.equals("XADD")) {
      return exchangeWith(target, source);
    }
    int bits = bits(target, source);
    return switch (operation) {
      case "MOV", "MOVABS", "MOVNTI" -> new X86Instruction.Move(text, changed(target), source, bits);
      case "XCHG", "UXCH" -> new X86Instruction.Exchange(text, changed(target), changed(source), bits);
      case "CMP" -> new X86Instruction.Comparison(text, Operation.SUBTRACT, target, source, bits);
      case "TEST" -> new X86Instruction.Comparison(text, Operation.AND, target, source, bits);
      default ->
        new X86Instruction.Arithmetic(text, ARITHMETIC.getOrDefault(operation, Operation.COPY), changed(target), source,
            operation.equals("ADC") || operation.equals("SBB"), bits, locked);
    };
  }

  private X86Instruction shift() {
    Operand first = reader.operand();
    Operand target = first;
    Operand distance = new Immediate(1);
    if (reader.acceptComma()) {
      Operand second = reader.operand();
      target = sourceFirst ? second : first;
      distance = sourceFirst ? first : second;
    }
    boolean byCounter = distance instanceof Register register
        && register.part().register() == X86Registers.COUNTER && register.part().lowest() == 0;
    if (!(distance instanceof Immediate) && !byCounter) {
      throw reader.error("a constant or the counter register as distance");
    }
    return new X86Instruction.Shift(text, SHIFTS.getOrDefault(operation, Operation.SHIFT_LEFT), changed(target),
        distance, bits(target, target));
  }

  private X86Instruction bitTest(Operand target, Operand position) {
    if (position instanceof Memory) {
      throw reader.error("a constant or a register as bit position");
    }
    if (target instanceof Memory && position instanceof Register) {
      throw new UnsupportedTestException(reader.context().place(0)
          + ": not supported: bit positions from registers reach beyond the memory operand");
    }
    return new X86Instruction.BitTest(text, BITS.getOrDefault(operation, Operation.COPY), changed(target), position,
        bits(target, position), locked);
  }

  /** herd writes the operand in memory first, assemblers write it last; two registers come in the assembler's order. */
  private X86Instruction exchangeWith(Operand target, Operand source) {
    boolean turned = source instanceof Memory;
    Operand changed = turned ? source : target;
    Register register = registerOf(turned ? target : source);
    int bits = bits(changed, register);
    return operation.equals("XADD")
        ? new X86Instruction.ExchangeAdd(text, changed(changed), register, bits, locked)
        : new X86Instruction.CompareExchange(text, changed(changed), register, bits, locked);
  }

  // ---- operands ----

  private Operand[] targetAndSource() {
    Operand first = reader.operand();
    reader.comma();
    Operand second = reader.operand();
    return sourceFirst ? new Operand[] {second, first} : new Operand[] {first, second};
  }

  private Operand changed(Operand operand) {
    if (operand instanceof Immediate) {
      throw reader.error("a register or an address to change, not a constant");
    }
    return operand;
  }

  private Register registerOf(Operand operand) {
    if (operand instanceof Register register) {
      return register;
    }
    throw reader.error("a register");
  }

  /** The width of the operation: its suffix, {@code DWORD PTR}, a register's width, else 32 bits. */
  private int bits(Operand target, Operand source) {
    int bits = suffixBits != 0 ? suffixBits : reader.hint();
    if (bits == 0 && target instanceof Register register) {
      bits = register.part().bits();
    } else if (bits == 0 && source instanceof Register register) {
      bits = register.part().bits();
    } else if (bits == 0) {
      bits = 32;
    }
    fits(target, bits);
    fits(source, bits);
    return bits;
  }

  /** herd's tests name a whole register and let the suffix say how much of it is meant; the reverse makes no sense. */
  private void fits(Operand operand, int bits) {
    if (operand instanceof Register register && register.part().bits() < bits) {
      throw reader.error("registers of at least " + bits + " bits");
    }
  }
}
