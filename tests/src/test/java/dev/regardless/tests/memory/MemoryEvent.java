package dev.regardless.tests.memory;

import dev.regardless.machine.Access;

/**
 * One event of a candidate execution, without values.
 *
 * @param thread -1 for an initial write
 * @param instruction index of its instruction in its thread
 * @param type R, W or F
 * @param fence number of the fence, or -1
 * @param access {@link Access} bits
 * @param source the instruction itself; a store of 0 for an initial write
 * @param partner the read of the same read-modify-write for a write, and the other way round; -1 if there is none
 */
record MemoryEvent(int thread, int instruction, char type, int location, int fence, int access, Instruction source,
    int partner) {

  boolean isRead() {
    return type == 'R';
  }

  boolean isWrite() {
    return type == 'W';
  }

  boolean has(int bits) {
    return Access.has(access, bits);
  }
}
