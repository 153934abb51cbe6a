package dev.regardless.litmus.test;

import dev.regardless.isa.Instruction;
import dev.regardless.isa.MicroOp;
import java.util.List;
import java.util.Map;

/**
 * One column of a test.
 *
 * @param name             as written, without {@code P}: herd's thread number
 * @param instructions     in program order
 * @param code             their meaning, at the same positions
 * @param labels           the index of the instruction each label stands before; the number of instructions at the end
 * @param initialRegisters the value of every register of the instruction set at the start, 64 bits
 */
public record LitmusThread(int name, List<Instruction> instructions, List<MicroOp[]> code, Map<String, Integer> labels,
    long[] initialRegisters) {}
