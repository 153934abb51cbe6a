package dev.regardless.isa;

/** The registers of an instruction set, numbered from 0. */
public interface RegisterFile {
  /** What {@link #find} returns for a name that is no register. */
  int NONE = -1;

  /** What {@link #find} returns for a register that always reads as zero. */
  int ZERO = -2;

  /** How many registers there are, hidden ones included. */
  int count();

  /**
   * The number of a register by any of its names (upper or lower case, any width: {@code X3}, {@code w3}, {@code %eax},
   * {@code rax}), or {@link #NONE}, or {@link #ZERO}.
   */
  int find(String name);

  /** The width of that name in bytes: 8 for {@code X3}, 4 for {@code W3}. */
  int width(String name);

  /** The name of the whole register as herd prints it: {@code X3}, {@code rax}; hidden registers have names too. */
  String name(int register);
}
