package dev.regardless.tests.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tests of the corpus that use what only one architecture has. */
final class NativeTests {
  private NativeTests() {}

  private static void add(Map<String, String> tests, String architecture, String name, String initial,
      String condition, String... columns) {
    List<List<String>> cells = new ArrayList<>();
    for (int thread = 0; thread < columns.length; thread++) {
      List<String> column = new ArrayList<>(List.of("P" + thread));
      column.addAll(List.of(columns[thread].split("; ")));
      cells.add(column);
    }
    StringBuilder text = new StringBuilder(architecture + " " + name + "\n{" + initial + "}\n");
    int rows = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < cells.size(); column++) {
        List<String> one = cells.get(column);
        int width = one.stream().mapToInt(String::length).max().orElse(0);
        String cell = row < one.size() ? one.get(row) : "";
        text.append(column == 0 ? " " : "| ").append(cell).append(" ".repeat(width - cell.length() + 1));
      }
      text.append(";\n");
    }
    tests.put(name, text + condition + "\n");
  }

  static Map<String, String> aarch64() {
    Map<String, String> tests = new LinkedHashMap<>();
    String two = " 0:X1=x; 0:X3=y; 1:X1=x; 1:X3=y; ";
    String one = " 0:X1=x; 1:X1=x; ";
    add(tests, "AArch64", "exclusive-increments", one, "exists ([x]=1 /\\ 0:X2=0 /\\ 1:X2=0)",
        "LDXR W0,[X1]; ADD W4,W0,#1; STXR W2,W4,[X1]", "LDXR W0,[X1]; ADD W4,W0,#1; STXR W2,W4,[X1]");
    add(tests, "AArch64", "exclusive-may-fail", " 0:X1=x; ", "exists (0:X2=1)",
        "LDXR W0,[X1]; MOV W4,#1; STXR W2,W4,[X1]");
    add(tests, "AArch64", "exclusive-broken-by-store", one, "exists ([x]=3 /\\ 0:X0=0 /\\ 0:X2=0)",
        "LDXR W0,[X1]; MOV W4,#2; STXR W2,W4,[X1]", "MOV W4,#3; STR W4,[X1]");
    add(tests, "AArch64", "MP+rel+exclusive-acq", two, "exists (1:X0=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; STLR W0,[X3]", "LDAXR W0,[X3]; STXR W2,W0,[X3]; LDR W4,[X1]");
    add(tests, "AArch64", "increments-with-add", one, "exists ([x]=1)", "MOV W0,#1; LDADD W0,W2,[X1]",
        "MOV W0,#1; LDADD W0,W2,[X1]");
    add(tests, "AArch64", "MP+stadd+fence.load", two, "exists (1:X0=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; DMB ST; STADD W0,[X3]", "LDR W0,[X3]; DMB LD; LDR W4,[X1]");
    add(tests, "AArch64", "SB+swpal+swpal", two, "exists (0:X4=0 /\\ 1:X4=0)",
        "MOV W0,#1; SWPAL W0,W2,[X1]; LDR W4,[X3]", "MOV W0,#1; SWPAL W0,W2,[X3]; LDR W4,[X1]");
    add(tests, "AArch64", "SB+swp+swp", two, "exists (0:X4=0 /\\ 1:X4=0)",
        "MOV W0,#1; SWP W0,W2,[X1]; LDR W4,[X3]", "MOV W0,#1; SWP W0,W2,[X3]; LDR W4,[X1]");
    add(tests, "AArch64", "LB+data+csel", two + "1:X5=1; ", "exists (0:X0=1 /\\ 1:X0=1)",
        "LDR W0,[X1]; STR W0,[X3]", "LDR W0,[X3]; CMP W0,#1; CSEL W2,W5,W5,EQ; STR W2,[X1]");
    add(tests, "AArch64", "MP+fence+ctrl-isb", two, "exists (1:X0=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; DMB SY; STR W0,[X3]", "LDR W0,[X3]; CBNZ W0,L; L: ISB; LDR W4,[X1]");
    add(tests, "AArch64", "PPOCA", two + "1:X5=z; ", "exists (1:X0=1 /\\ 1:X2=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; DMB SY; STR W0,[X3]",
        "LDR W0,[X3]; CBNZ W0,L; L: MOV W7,#1; STR W7,[X5]; LDR W2,[X5]; EOR W6,W2,W2; LDR W4,[X1,W6,SXTW]");
    add(tests, "AArch64", "PPOAA", two + "1:X5=z; ", "exists (1:X0=1 /\\ 1:X2=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; DMB SY; STR W0,[X3]",
        "LDR W0,[X3]; EOR W8,W0,W0; MOV W7,#1; STR W7,[X5,W8,SXTW]; LDR W2,[X5]; EOR W6,W2,W2; "
            + "LDR W4,[X1,W6,SXTW]");
    add(tests, "AArch64", "cas-succeeds-once", one, "exists (0:X0=0 /\\ 1:X0=0)",
        "MOV W0,#0; MOV W2,#1; CAS W0,W2,[X1]", "MOV W0,#0; MOV W2,#2; CASAL W0,W2,[X1]");
    add(tests, "AArch64", "MP+dsb+dsb", two, "exists (1:X0=1 /\\ 1:X4=0)",
        "MOV W0,#1; STR W0,[X1]; DSB SY; STR W0,[X3]", "LDR W0,[X3]; DSB SY; LDR W4,[X1]");
    add(tests, "AArch64", "bitwise-atomics", " 0:X1=x; 1:X1=x; x=5; ", "forall ([x]=6 \\/ [x]=2)",
        "MOV W0,#3; LDEOR W0,W2,[X1]", "MOV W0,#4; LDCLR W0,W2,[X1]; LDSET W0,W2,[X1]; MOV W0,#0; LDSET W0,W3,[X1]");
    add(tests, "AArch64", "bytes", " uint8_t x=255; 0:X1=x; ", "forall (0:X0=255 /\\ 0:X2=-1 /\\ [x]=1)",
        "LDRB W0,[X1]; LDRSB W2,[X1]; MOV W3,#257; STRB W3,[X1]");
    add(tests, "AArch64", "array-pair", " int64_t a[2]={3,4}; 0:X1=a; ", "forall (a={4,3})",
        "LDP X2,X3,[X1]; STP X3,X2,[X1]");
    return tests;
  }

  static Map<String, String> x86() {
    Map<String, String> tests = new LinkedHashMap<>();
    add(tests, "X86_64", "SB+xchg+xchg", "", "exists (0:rbx=0 /\\ 1:rbx=0)",
        "movl $1,%eax; xchgl %eax,(x); movl (y),%ebx", "movl $1,%eax; xchgl %eax,(y); movl (x),%ebx");
    add(tests, "X86_64", "SB+lockinc+lockinc", "", "exists (0:rbx=0 /\\ 1:rbx=0)",
        "lock incl (x); movl (y),%ebx", "lock incl (y); movl (x),%ebx");
    add(tests, "X86_64", "SB+xchg+po", "", "exists (0:rbx=0 /\\ 1:rbx=0)",
        "movl $1,%eax; xchgl %eax,(x); movl (y),%ebx", "movl $1,(y); movl (x),%ebx");
    add(tests, "X86_64", "SB+sfence+lfence", "", "exists (0:rbx=0 /\\ 1:rbx=0)",
        "movl $1,(x); sfence; movl (y),%ebx", "movl $1,(y); lfence; movl (x),%ebx");
    add(tests, "X86_64", "forwarding", "", "exists (0:rax=1 /\\ 0:rbx=0 /\\ 1:rax=1 /\\ 1:rbx=0)",
        "movl $1,(x); movl (x),%eax; movl (y),%ebx", "movl $1,(y); movl (y),%eax; movl (x),%ebx");
    add(tests, "X86_64", "n6", "", "exists (0:rax=1 /\\ 0:rbx=0 /\\ [x]=1)",
        "movl $1,(x); movl (x),%eax; movl (y),%ebx", "movl $2,(y); movl $2,(x)");
    add(tests, "X86_64", "n5", "", "exists (0:rax=2 /\\ 1:rax=1)", "movl $1,(x); movl (x),%eax",
        "movl $2,(x); movl (x),%eax");
    add(tests, "X86_64", "increments-lost", "", "exists ([x]=1)",
        "movl (x),%eax; incl %eax; movl %eax,(x)", "movl (x),%eax; incl %eax; movl %eax,(x)");
    add(tests, "X86_64", "increments-locked", "", "exists ([x]=1)", "lock incl (x)", "lock incl (x)");
    add(tests, "X86_64", "cmpxchg-once", "", "exists (0:rax=0 /\\ 1:rax=0)",
        "movl $0,%eax; movl $1,%ecx; lock cmpxchgl (x),%ecx",
        "movl $0,%eax; movl $2,%ecx; lock cmpxchgl (x),%ecx");
    add(tests, "X86_64", "spin-once", "", "exists (0:rax=0 /\\ 1:rax=0)",
        "movl $1,%eax; xchgl %eax,(l); cmpl $0,%eax; jne L0; movl $1,(x); L0:",
        "movl $1,%eax; xchgl %eax,(l); cmpl $0,%eax; jne L1; movl $2,(x); L1:");
    add(tests, "X86_64", "iwp2.3.a", "", "exists (0:rax=0 /\\ 1:rax=0)", "movl $1,(x); movl (y),%eax",
        "movl $1,(y); movl (x),%eax");
    add(tests, "X86_64", "iwp2.4", "", "forall (0:rax=1 /\\ 1:rax=1)",
        "movl $1,(x); movl (x),%eax; movl (y),%ebx", "movl $1,(y); movl (y),%eax; movl (x),%ebx");
    add(tests, "X86_64", "quads", " int64_t x=-1; int64_t 0:rax; ", "forall (0:rax=-1 /\\ [x]=5)",
        "movq (x),%rax; movq $5,(x)");
    add(tests, "X86_64", "bytes", " uint8_t x=255; ", "forall ([x]=3)", "movb $3,(x)");
    return tests;
  }
}
