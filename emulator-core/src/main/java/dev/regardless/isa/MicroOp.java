package dev.regardless.isa;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of an instruction. Immutable; engines switch on {@link #kind} and read the fields that the kind uses.
 *
 * <p>Two sorts of dependency flow through operands. A result depends <i>by data</i> on the operands that its value is
 * computed from. A {@link Kind#SELECT} and a {@link Kind#STORE} may also name a {@link #pick} operand: they happen
 * <i>because of</i> it (the condition of CSEL, the comparison inside CAS) and depend on it only so; Armv8 calls that a
 * pick dependency. {@link Kind#BRANCH} and {@link Kind#JUMP_REGISTER} make what follows depend by control.
 */
public final class MicroOp {
  /** An operand that is not there. */
  public static final int NONE = -1;

  /** What a step does. */
  public enum Kind {
    /** {@code result = immediate}. */
    CONSTANT,
    /** {@code result = function(first, second, third)}. */
    COMPUTE,
    /** {@code result = first}, chosen because of {@code pick}. */
    SELECT,
    /** {@code result = memory[first]}, {@code width} bytes, zero-extended. */
    LOAD,
    /** {@code memory[first] = second}, {@code width} bytes, done because of {@code pick} if there is one. */
    STORE,
    /** A fence. */
    FENCE,
    /** If {@code first} is not 0, to the code address {@code immediate}, else on; either way a control dependency. */
    BRANCH,
    /** To the code address {@code immediate}; no dependency. */
    JUMP,
    /** To the code address in {@code first}; a control dependency on it. */
    JUMP_REGISTER,
    /** The execution goes on only if {@code first} is not 0; no dependency, no event. */
    ASSUME,
    /** If {@code first} is 0, to the micro-operation with index {@code immediate}; no dependency. */
    UNLESS,
    /** To the micro-operation with index {@code immediate}; may be one past the last. */
    SKIP,
    /**
     * A free choice: goes on, or to the micro-operation with index {@code immediate}. Each choice is an execution of its
     * own, and is counted, even if both lead to the same outcome.
     */
    CHOOSE
  }

  /** What this step does. */
  public final Kind kind;
  /** The register or temporary written, or {@link #NONE}. */
  public final int result;
  /** First operand. */
  public final int first;
  /** Second operand. */
  public final int second;
  /** Third operand. */
  public final int third;
  /** The operand that {@link Kind#SELECT} and {@link Kind#STORE} happen because of. */
  public final int pick;
  /** Bytes accessed by {@link Kind#LOAD} and {@link Kind#STORE}: 1, 2, 4 or 8. */
  public final int width;
  /** Bits of {@link Annotation}. */
  public final int annotations;
  /** Constant, code address or index of a micro-operation. */
  public final long immediate;
  private final @Nullable PureFunction function;
  private final @Nullable FenceKind fence;

  private MicroOp(Kind kind, int result, int first, int second, int third, int pick, int width, int annotations,
      long immediate, @Nullable PureFunction function, @Nullable FenceKind fence) {
    this.kind = kind;
    this.result = result;
    this.first = first;
    this.second = second;
    this.third = third;
    this.pick = pick;
    this.width = width;
    this.annotations = annotations;
    this.immediate = immediate;
    this.function = function;
    this.fence = fence;
  }

  /** A {@link Kind#CONSTANT}. */
  public static MicroOp constant(int result, long value) {
    return new MicroOp(Kind.CONSTANT, result, NONE, NONE, NONE, NONE, 0, 0, value, null, null);
  }

  /** A {@link Kind#COMPUTE} of one operand. */
  public static MicroOp compute(int result, PureFunction function, int first) {
    return compute(result, function, first, NONE, NONE);
  }

  /** A {@link Kind#COMPUTE} of two operands. */
  public static MicroOp compute(int result, PureFunction function, int first, int second) {
    return compute(result, function, first, second, NONE);
  }

  /** A {@link Kind#COMPUTE}. */
  public static MicroOp compute(int result, PureFunction function, int first, int second, int third) {
    return new MicroOp(Kind.COMPUTE, result, first, second, third, NONE, 0, 0, 0, function, null);
  }

  /** A {@link Kind#SELECT}. */
  public static MicroOp select(int result, int value, int pick) {
    return new MicroOp(Kind.SELECT, result, value, NONE, NONE, pick, 0, 0, 0, null, null);
  }

  /** A {@link Kind#LOAD}. */
  public static MicroOp load(int result, int address, int width, int annotations) {
    return new MicroOp(Kind.LOAD, result, address, NONE, NONE, NONE, width, annotations, 0, null, null);
  }

  /** A {@link Kind#STORE} that depends on its address and its data only. */
  public static MicroOp store(int address, int data, int width, int annotations) {
    return store(address, data, NONE, width, annotations);
  }

  /** A {@link Kind#STORE}. */
  public static MicroOp store(int address, int data, int pick, int width, int annotations) {
    return new MicroOp(Kind.STORE, NONE, address, data, NONE, pick, width, annotations, 0, null, null);
  }

  /** A {@link Kind#FENCE}. */
  public static MicroOp fence(FenceKind kind) {
    return new MicroOp(Kind.FENCE, NONE, NONE, NONE, NONE, NONE, 0, 0, 0, null, kind);
  }

  /** A {@link Kind#BRANCH}. */
  public static MicroOp branch(int condition, long target) {
    return new MicroOp(Kind.BRANCH, NONE, condition, NONE, NONE, NONE, 0, 0, target, null, null);
  }

  /** A {@link Kind#JUMP}. */
  public static MicroOp jump(long target) {
    return new MicroOp(Kind.JUMP, NONE, NONE, NONE, NONE, NONE, 0, 0, target, null, null);
  }

  /** A {@link Kind#JUMP_REGISTER}. */
  public static MicroOp jumpRegister(int target) {
    return new MicroOp(Kind.JUMP_REGISTER, NONE, target, NONE, NONE, NONE, 0, 0, 0, null, null);
  }

  /** A {@link Kind#ASSUME}. */
  public static MicroOp assume(int condition) {
    return new MicroOp(Kind.ASSUME, NONE, condition, NONE, NONE, NONE, 0, 0, 0, null, null);
  }

  /** A {@link Kind#UNLESS}. */
  public static MicroOp unless(int condition, int index) {
    return new MicroOp(Kind.UNLESS, NONE, condition, NONE, NONE, NONE, 0, 0, index, null, null);
  }

  /** A {@link Kind#SKIP}. */
  public static MicroOp skip(int index) {
    return new MicroOp(Kind.SKIP, NONE, NONE, NONE, NONE, NONE, 0, 0, index, null, null);
  }

  /** A {@link Kind#CHOOSE}. */
  public static MicroOp choose(int index) {
    return new MicroOp(Kind.CHOOSE, NONE, NONE, NONE, NONE, NONE, 0, 0, index, null, null);
  }

  /** The function of a {@link Kind#COMPUTE}. */
  public PureFunction function() {
    return Objects.requireNonNull(function);
  }

  /** The kind of a {@link Kind#FENCE}. */
  public FenceKind fence() {
    return Objects.requireNonNull(fence);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CONSTANT -> "r" + result + " = " + immediate;
      case COMPUTE -> "r" + result + " = " + function().symbol() + operands();
      case SELECT -> "r" + result + " = r" + first + because();
      case LOAD -> "r" + result + " = load" + width + Annotation.text(annotations) + " [r" + first + "]";
      case STORE -> "store" + width + Annotation.text(annotations) + " [r" + first + "] = r" + second + because();
      case FENCE -> "fence " + fence();
      case BRANCH -> "branch r" + first + " to " + immediate;
      case JUMP -> "jump " + immediate;
      case JUMP_REGISTER -> "jump r" + first;
      case ASSUME -> "assume r" + first;
      case UNLESS -> "unless r" + first + " skip to " + immediate;
      case SKIP -> "skip to " + immediate;
      case CHOOSE -> "choose next or " + immediate;
    };
  }

  private String operands() {
    StringBuilder text = new StringBuilder(" r").append(first);
    if (second != NONE) {
      text.append(" r").append(second);
    }
    if (third != NONE) {
      text.append(" r").append(third);
    }
    return text.toString();
  }

  private String because() {
    return pick == NONE ? "" : " because r" + pick;
  }
}
