package dev.regardless.arch.x86.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.InstructionSets;
import dev.regardless.isa.UnsupportedTestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class X86InstructionSetTest {
  private static Interpreter wide() {
    return new Interpreter(InstructionSets.named("X86_64").orElseThrow());
  }

  private static Interpreter narrow() {
    return new Interpreter(InstructionSets.named("x86").orElseThrow());
  }

  /** Initial rax and rbx are given, rcx is 3, x holds 5. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // parts of registers
      "movb $3,%ah            | 1122334455667788 | 0 | 1122334455660388",
      "movb $-1,%al           | 1122334455667700 | 0 | 11223344556677ff",
      "movw %bx,%ax           | 1122334455667788 | ffffffffffff9999 | 1122334455669999",
      "movl %ebx,%eax         | 1122334455667788 | ffffffff99999999 | 99999999",
      "mov %rbx,%rax          | 1122334455667788 | ffffffff99999999 | ffffffff99999999",
      "movl $-1,%eax          | 1122334455667788 | 0 | ffffffff",
      "movq $-1,%rax          | 1122334455667788 | 0 | ffffffffffffffff",
      "movl (x),%rax          | 1122334455667788 | 0 | 5",
      "movb [x],%al           | 1122334455667788 | 0 | 1122334455667705",
      "movzbl %bh,%eax        | ffffffffffffffff | 8101 | 81",
      "movzbw %bl,%ax         | 1122334455667788 | 81 | 1122334455660081",
      "movzwq %bx,%rax        | 0 | 88123 | 8123",
      "movsbl %bl,%eax        | 0 | 81 | ffffff81",
      "movsbq %bl,%rax        | 0 | 81 | ffffffffffffff81",
      "movslq %ebx,%rax       | 0 | 80000000 | ffffffff80000000",
      "movsx %bx,%eax         | 0 | 8000 | ffff8000",
      "movzx byte ptr [x],%eax | 0 | 0 | 5",
      // addresses
      "lea 8(%rax,%rbx,4),%rax | 100 | 10 | 148",
      "lea (,%rbx,8),%rax      | 100 | 10 | 80",
      "lea [rax+rbx*2-1],%eax  | 100 | 10 | 11f",
      "lea x(%rip),%rax        | 0 | 0 | 1000",
      "mov -4(%rax),%ebx       | 1004 | 7 | 1004",
      // arithmetic
      "add %rbx,%rax          | ffffffffffffffff | 1 | 0",
      "addl $1,%eax           | ffffffffffffffff | 0 | 0",
      "addw $1,%ax            | ffffffffffffffff | 0 | ffffffffffff0000",
      "sub %ebx,%eax          | 3 | 5 | fffffffe",
      "and $12,%al            | ff0f | 0 | ff0c",
      "or  $0x30,%rax         | f | 0 | 3f",
      "xorq %rax,%rax         | ff | 0 | 0",
      "inc %eax               | ffffffff | 0 | 0",
      "decb %al               | 100 | 0 | 1ff",
      "negl %eax              | 1 | 0 | ffffffff",
      "notw %ax               | ffff0000 | 0 | ffffffff",
      "shl $4,%eax            | f0000001 | 0 | 10",
      "shrl %cl,%eax          | 80000008 | 0 | 10000001",
      "sar %cl,%al            | 80 | 0 | f0",
      "sal %rax               | 8000000000000001 | 0 | 2",
      "xchg %eax,%ebx         | ffffffff00000001 | ffffffff00000002 | 2",
      "xadd %rbx,%rax         | 7 | 2 | 9",
      "xaddl %eax,(x)         | 7 | 2 | 5",
      "btsl $33,%eax          | 0 | 0 | 2",
      "btr %rbx,%rax          | ff | 3 | f7",
      "btcq $63,%rax          | 0 | 0 | 8000000000000000"})
  void resultsInTheAccumulator(String text, String rax, String rbx, String expected) {
    Interpreter machine = wide().with("rax", Long.parseUnsignedLong(rax, 16))
        .with("rbx", Long.parseUnsignedLong(rbx, 16))
        .with("rcx", 3);
    machine.memory.put(Interpreter.X, 5L);
    machine.run(text);
    assertEquals(expected, Long.toHexString(machine.register("rax")));
  }

  /** All conditions after an instruction, as a string of those that hold; rcx is 3. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "cmpl %ebx,%eax | 1 | 1 | no ae e be ns p ge le",
      "cmpl %ebx,%eax | 1 | 2 | no b ne be s p l le",
      "cmpl %ebx,%eax | 80000000 | 1 | o ae ne a ns p l le",
      "cmpl %ebx,%eax | 7fffffff | ffffffff | o b ne be s p ge g",
      "cmpl %ebx,%eax | 5 | 2 | no ae ne a ns p ge g",
      "cmpb %bl,%al   | 17f | 1ff | o b ne be s np ge g",
      "testl %ebx,%eax | 1 | 2 | no ae e be ns p ge le",
      "test %rbx,%rax | 8000000000000001 | 8000000000000000 | no ae ne a s p l le",
      "addl %ebx,%eax | ffffffff | 1 | no b e be ns p ge le",
      "addq %rbx,%rax | 7fffffffffffffff | 1 | o ae ne a s p ge g",
      "addq %rbx,%rax | ffffffffffffffff | ffffffffffffffff | no b ne be s np l le",
      "negl %eax      | 1 | 0 | no b ne be s p l le",
      "negl %eax      | 80000000 | 0 | o b ne be s p ge g",
      "shl $1,%eax    | c0000000 | 0 | no b ne be s p l le",
      "shr $1,%eax    | 80000001 | 0 | o b ne be ns p l le",
      "sar %cl,%eax   | c | 0 | no b ne be ns np ge g",
      "btl $2,%eax    | 4 | 0 | no b ne be ns np ge g"})
  void flags(String text, String rax, String rbx, String expected) {
    // SHR by one leaves the old sign in the overflow flag, and NEG the borrow in the carry
    Interpreter machine = wide().with("rax", Long.parseUnsignedLong(rax, 16))
        .with("rbx", Long.parseUnsignedLong(rbx, 16))
        .with("rcx", 3).run(text);
    StringBuilder holding = new StringBuilder();
    for (X86Condition condition : X86Condition.values()) {
      machine.jumped = false;
      machine.run("j" + condition.symbol() + " L0");
      holding.append(machine.jumped ? condition.symbol() + " " : "");
    }
    assertEquals(expected, holding.toString().strip());
  }

  @Test
  void carryIsKeptByIncrementAndUsedByAdditionWithCarry() {
    Interpreter machine = wide().with("rax", -1).with("rbx", -1);
    machine.run("addq $1,%rax", "inc %rcx", "adcq $0,%rbx", "setc %dl", "sbb %rsi,%rsi");
    assertEquals(0, machine.register("rax"));
    assertEquals(0, machine.register("rbx"));
    assertEquals(1, machine.register("rdx"));
    assertEquals(-1, machine.register("rsi"));
    assertEquals(0, wide().with("rsi", 7).run("clc", "sbbq %rsi,%rsi").register("rsi"));
  }

  @Test
  void aShiftByZeroKeepsTheFlags() {
    Interpreter machine = wide().with("rax", 0).with("rcx", 32).run("stc", "cmpl $1,%eax", "shll %cl,%eax", "jl L0");
    assertEquals(true, machine.jumped);
    assertEquals(1, machine.registers[X86Registers.CARRY]);
  }

  @Test
  void conditionalMovesReadTheirSourceAndClearTheUpperHalf() {
    Interpreter machine = wide().with("rax", -1).with("rbx", -1).run("cmp $1,%ecx", "cmovel (x),%eax",
        "cmovne (x),%rbx");
    assertEquals(0xFFFF_FFFFL, machine.register("rax"));
    assertEquals(0, machine.register("rbx"));
    assertEquals("R4 R8 ", machine.accesses.toString());
    assertEquals(5, wide().with("rbx", 5).run("stc", "cmovcl %ebx,%eax").register("rax"));
  }

  /** What reaches memory, and whether its halves are atomic (marked by a star). */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "movl $1,(x)             | W4",
      "movq %rax,(x)           | W8",
      "movb %ah,[x]            | W1",
      "movntil %eax,(x)        | W4",
      "xchgl (x),%eax          | R4* W4*",
      "xchgl %eax,(x)          | R4* W4*",
      "uxchq (x),%rax          | R8* W8*",
      "addl $1,(x)             | R4 W4",
      "lock addl $1,(x)        | R4* W4*",
      "lock xorq %rax,(x)      | R8* W8*",
      "lock incl (x)           | R4* W4*",
      "lock negw (x)           | R2* W2*",
      "lock notb (x)           | R1* W1*",
      "lock xaddl %eax,(x)     | R4* W4*",
      "lock btsl $1,(x)        | R4* W4*",
      "lock btrl $1,(x)        | R4* W4*",
      "lock cmpxchgl (x),%ecx  | R4* W4*",
      "lock cmpxchgl %ecx,(x)  | R4* W4*",
      "cmpxchgl %ecx,(x)       | R4 W4",
      "cmpl $1,(x)             | R4",
      "testb $1,(x)            | R1",
      "btl $1,(x)              | R4",
      "seta (x)                | W1",
      "lea (x),%rax            | ''",
      "nopl 0(%rax,%eax,0)     | ''",
      "nopw %cs:0(%rax,%rax,1) | ''",
      "mfence                  | FULL",
      "MFENCE                  | FULL",
      "lfence                  | LOAD",
      "sfence                  | STORE",
      "clflush (x)             | FULL"})
  void accesses(String text, String expected) {
    assertEquals(expected, wide().run(text).accesses.toString().strip());
  }

  @Test
  void compareExchangeReplacesOrLoadsTheAccumulator() {
    Interpreter machine = wide().with("rax", 0x1_0000_0005L).with("rcx", 9);
    machine.memory.put(Interpreter.X, 5L);
    machine.run("lock cmpxchgl (x),%ecx", "sete %bl");
    assertEquals(9, machine.memory.get(Interpreter.X));
    assertEquals(0x1_0000_0005L, machine.register("rax"));
    assertEquals(1, machine.register("rbx"));
    machine.run("lock cmpxchgl %ecx,(x)", "sete %bl");
    assertEquals("R4* W4* R4* ", machine.accesses.toString());
    assertEquals(9, machine.register("rax"));
    assertEquals(0, machine.register("rbx"));
  }

  @Test
  void theNarrowSetIsWrittenTargetFirst() {
    Interpreter machine = narrow().run("MOV [x],$1", "MOV EAX,[x]", "ADD EAX,2", "XCHG [y],EAX", "LOCK ADD [x],EBX",
        "MOV EBX,DWORD PTR [x]", "CMP EBX,$1", "JNE L0");
    assertEquals(3, machine.memory.get(Interpreter.Y));
    assertEquals(1, machine.register("EBX"));
    assertEquals(false, machine.jumped);
    assertEquals("EAX", machine.set.registers().name(0));
    assertEquals(4, machine.set.registers().width("EAX"));
    assertEquals(-1, machine.set.registers().find("rax"));
    assertEquals("W4 R4 R4* W4* R4* W4* R4 ", machine.accesses.toString());
  }

  @Test
  void symbolicRegistersAreWholeRegisters() {
    Interpreter machine = wide().run("movl $7,%free");
    assertEquals(7, machine.registers[9]);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "movl $1            | t.litmus:1:8: end of instruction; expected ','",
      "movl $1,(x),%eax   | t.litmus:1:12: ',%eax'; expected the end of the instruction",
      "movl $1,%zax       | t.litmus:1:9: '%zax'; expected a register",
      "movl $1,(x         | t.litmus:1:11: end of instruction; expected ')'",
      "movl $1,x          | t.litmus:1:9: 'x'; expected a register, a constant or an address in brackets",
      "movl $1q,%eax      | t.litmus:1:7: '1q'; expected a number",
      "foo %eax           | t.litmus:1:1: unknown instruction 'FOO'; expected an x86 instruction",
      "jmp L9             | t.litmus:1:5: 'L9'; expected a label of this test",
      "movl (x),(y)       | t.litmus:1:10: '(y)'; expected at most one operand in memory",
      "movl %eax,$1       | t.litmus:1:11: '$1'; expected a register or an address to change, not a constant",
      "movq %eax,(x)      | t.litmus:1:11: '(x)'; expected registers of at least 64 bits"})
  void errors(String text, String message) {
    assertEquals(message, assertThrows(BadInputException.class, () -> wide().run(text)).getMessage());
  }

  @Test
  void lockIsOnlyForWhatChangesMemory() {
    for (String text : new String[] {"lock movl $1,(x)", "lock addl $1,%eax", "lock mfence", "lock btl $1,(x)"}) {
      String message = String.valueOf(assertThrows(BadInputException.class, () -> wide().run(text)).getMessage());
      assertTrue(message.startsWith("t.litmus:1:1: LOCK before"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushq %rax", "imull %eax,%ebx", "movq %xmm0,%rax", "lock btsl %eax,(x)", "jmp *%rax"})
  void notBuiltIn(String text) {
    assertThrows(UnsupportedTestException.class, () -> wide().run(text));
  }
}
