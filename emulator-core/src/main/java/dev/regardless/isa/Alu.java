package dev.regardless.isa;

/**
 * The arithmetic that instruction sets share, on 64 bits. Narrower results are made by {@link #ZERO_EXTEND}, whose
 * second operand is a number of bits; functions of one architecture only live in its module.
 */
public enum Alu implements PureFunction {
  /** First operand, unchanged. */
  COPY("copy") {
    @Override
    public long apply(long first, long second, long third) {
      return first;
    }
  },
  /** Sum. */
  ADD("add") {
    @Override
    public long apply(long first, long second, long third) {
      return first + second;
    }
  },
  /** First minus second. */
  SUBTRACT("sub") {
    @Override
    public long apply(long first, long second, long third) {
      return first - second;
    }
  },
  /** Product, low 64 bits. */
  MULTIPLY("mul") {
    @Override
    public long apply(long first, long second, long third) {
      return first * second;
    }
  },
  /** Bitwise and. */
  AND("and") {
    @Override
    public long apply(long first, long second, long third) {
      return first & second;
    }
  },
  /** Bitwise or. */
  OR("or") {
    @Override
    public long apply(long first, long second, long third) {
      return first | second;
    }
  },
  /** Bitwise exclusive or. */
  XOR("xor") {
    @Override
    public long apply(long first, long second, long third) {
      return first ^ second;
    }
  },
  /** Bitwise complement of the first. */
  NOT("not") {
    @Override
    public long apply(long first, long second, long third) {
      return ~first;
    }
  },
  /** First and not second. */
  AND_NOT("andnot") {
    @Override
    public long apply(long first, long second, long third) {
      return first & ~second;
    }
  },
  /** First shifted left by second; 0 from 64 on. */
  SHIFT_LEFT("shl") {
    @Override
    public long apply(long first, long second, long third) {
      return second < 0 || second > 63 ? 0 : first << second;
    }
  },
  /** First shifted right by second with zeros; 0 from 64 on. */
  SHIFT_RIGHT("shr") {
    @Override
    public long apply(long first, long second, long third) {
      return second < 0 || second > 63 ? 0 : first >>> second;
    }
  },
  /** First shifted right by second with copies of bit 63. */
  SHIFT_RIGHT_SIGNED("sar") {
    @Override
    public long apply(long first, long second, long third) {
      return first >> (second < 0 || second > 63 ? 63 : second);
    }
  },
  /** The low {@code second} bits of the first, the others 0. */
  ZERO_EXTEND("zext") {
    @Override
    public long apply(long first, long second, long third) {
      return second >= 64 ? first : first & ((1L << second) - 1);
    }
  },
  /** The low {@code second} bits of the first, the others copies of the highest of them. */
  SIGN_EXTEND("sext") {
    @Override
    public long apply(long first, long second, long third) {
      return second >= 64 ? first : first << (64 - second) >> (64 - second);
    }
  },
  /** 1 if the operands are equal, else 0. */
  EQUAL("eq") {
    @Override
    public long apply(long first, long second, long third) {
      return first == second ? 1 : 0;
    }
  },
  /** 1 if the operands differ, else 0. */
  NOT_EQUAL("ne") {
    @Override
    public long apply(long first, long second, long third) {
      return first != second ? 1 : 0;
    }
  },
  /** 1 if first is less than second, both signed. */
  LESS_SIGNED("lt") {
    @Override
    public long apply(long first, long second, long third) {
      return first < second ? 1 : 0;
    }
  },
  /** 1 if first is less than second, both unsigned. */
  LESS_UNSIGNED("ltu") {
    @Override
    public long apply(long first, long second, long third) {
      return Long.compareUnsigned(first, second) < 0 ? 1 : 0;
    }
  };

  private final String symbol;

  Alu(String symbol) {
    this.symbol = symbol;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public boolean zeroOnEqualOperands() {
    return this == XOR || this == SUBTRACT || this == AND_NOT || this == NOT_EQUAL || this == LESS_SIGNED
        || this == LESS_UNSIGNED;
  }

  @Override
  public boolean zeroOnZeroOperand() {
    return this == AND || this == MULTIPLY;
  }

  @Override
  public boolean firstOnZeroSecond() {
    return switch (this) {
      case COPY, ADD, SUBTRACT, OR, XOR, AND_NOT, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> true;
      default -> false;
    };
  }
}
