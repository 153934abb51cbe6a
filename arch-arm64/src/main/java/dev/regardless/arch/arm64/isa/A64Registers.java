package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.RegisterFile;
import java.util.Locale;

/**
 * X0 to X30, the stack pointer, the flags, and the local exclusive monitor: the address and the width of the last load
 * exclusive, 0 when there is none.
 */
public final class A64Registers implements RegisterFile {
  /** The stack pointer. */
  public static final int SP = 31;
  /** The condition flags, N in bit 31 down to V in bit 28 as MRS shows them. */
  public static final int NZCV = 32;
  /** The address that the monitor guards. */
  public static final int RESERVED_ADDRESS = 33;
  /** The width in bytes that the monitor guards. */
  public static final int RESERVED_WIDTH = 34;
  /** X30. */
  public static final int LINK = 30;

  private static final int COUNT = 35;
  private static final int GENERAL = 31;

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public int find(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "SP", "WSP" -> SP;
      case "XZR", "WZR" -> ZERO;
      case "NZCV" -> NZCV;
      case "LR" -> LINK;
      default -> general(upper);
    };
  }

  private static int general(String upper) {
    if (upper.length() < 2 || upper.length() > 3 || (upper.charAt(0) != 'X' && upper.charAt(0) != 'W')) {
      return NONE;
    }
    int number = 0;
    for (int index = 1; index < upper.length(); index++) {
      char digit = upper.charAt(index);
      if (digit < '0' || digit > '9') {
        return NONE;
      }
      number = number * 10 + digit - '0';
    }
    return number < GENERAL ? number : NONE;
  }

  @Override
  public int width(String name) {
    return !name.isEmpty() && (name.charAt(0) == 'W' || name.charAt(0) == 'w') ? 4 : 8;
  }

  @Override
  public String name(int register) {
    return switch (register) {
      case SP -> "SP";
      case NZCV -> "NZCV";
      case RESERVED_ADDRESS -> "ResAddr";
      case RESERVED_WIDTH -> "ResWidth";
      case ZERO -> "XZR";
      default -> "X" + register;
    };
  }
}
