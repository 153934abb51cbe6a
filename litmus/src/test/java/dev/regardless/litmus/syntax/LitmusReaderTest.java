package dev.regardless.litmus.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.input.BadInputException;
import dev.regardless.isa.UnsupportedTestException;
import dev.regardless.litmus.test.Quantifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LitmusReaderTest {
  private static final String MESSAGE_PASSING = """
      AArch64 MP+dmb.sy+addr.litmus
      "a quoted { description"
      Cycle=Rfe DpAddrdR Fre DMB.SYdWW
      Com= Rf Fr
      (* a comment (* nested *) with { braces *)
      some line that means nothing
      {
        0:X1=x; 0:X3=y; // to the end of the line
        uint64_t 1:X1; int y=-3; [z] = 0x1F; int *p=&x; int64_t a[2] = {1,x};
        1: X3 = y ; 1:X5=P0:L0; _Atomic int n = 7; int b[3];
      }
       P0          | P1 (* reader *) ;
       MOV W0,#1   | LDR W0 , [X1]   ;
       STR W0,[X1] | L0: L1: EOR W2,(* inside *)W0,W0 ;
       DMB SY      | End:            ;
                   | LDR W4,[X3,W2,SXTW] ;
      locations [x; 1:X0; a[1];]
      filter 1:X0=1
      exists (1:X0=1 /\\ ~(1:X4=0) => x=2 \\/ a={1,0x2} /\\ 0:X1=1:X1 /\\ y <> 3 /\\ 0:X5=label:"P1:End")
      """;

  private static ParsedTest parse(String text) {
    return LitmusReader.parse("t.litmus", text);
  }

  private static String error(String text) {
    return String.valueOf(assertThrows(BadInputException.class, () -> parse(text)).getMessage());
  }

  @Test
  void titleAndMetadata() {
    ParsedTest test = parse(MESSAGE_PASSING);
    assertEquals("AArch64", test.architecture());
    assertEquals("MP+dmb.sy+addr", test.name());
    assertEquals("a quoted { description", test.documentation());
    assertEquals("{Cycle=Rfe DpAddrdR Fre DMB.SYdWW, Com=Rf Fr}", test.metadata().toString());
  }

  @Test
  void initialState() {
    List<String> bindings = parse(MESSAGE_PASSING).initial().stream()
        .map(b -> b.type().name() + (b.type().pointer() ? "*" : "") + " " + b.place() + " " + b.type().length() + " "
            + b.value() + " " + b.position().line() + ":" + b.position().column())
        .toList();
    assertEquals(List.of(" 0:X1 -1 x 8:3", " 0:X3 -1 y 8:11", "uint64_t 1:X1 -1 0 9:3", "int y -1 -3 9:18",
        " z -1 31 9:28", "int* p -1 x 9:40", "int64_t a 2 {1,x} 9:51", " 1:X3 -1 y 10:3",
        " 1:X5 -1 label:\"P0:L0\" 10:15", "int n -1 7 10:27", "int b 3 {0,0,0} 10:46"), bindings);
  }

  @Test
  void columnsOfCode() {
    ParsedTest test = parse(MESSAGE_PASSING);
    assertEquals(List.of("MOV W0,#1", "STR W0,[X1]", "DMB SY", ""),
        test.threads().get(0).stream().map(CodeLine::text).toList());
    assertEquals(List.of("LDR W0 , [X1]", "EOR W2, W0,W0", "", "LDR W4,[X3,W2,SXTW]"),
        test.threads().get(1).stream().map(CodeLine::text).toList());
    assertEquals(List.of(List.of(), List.of("L0", "L1"), List.of("End"), List.of()),
        test.threads().get(1).stream().map(CodeLine::labels).toList());
    assertEquals(new Position("t.litmus", 14, 24), test.threads().get(1).get(1).position());
  }

  @Test
  void conditionBindsAsHerdDoes() {
    ParsedTest test = parse(MESSAGE_PASSING);
    assertEquals("[x, 1:X0, a[1]]", test.locations().toString());
    assertEquals(Quantifier.EXISTS, test.quantifier());
    Formula.Or or = (Formula.Or) test.condition();
    Formula.And first = (Formula.And) or.parts().get(0);
    Formula.Implies implies = (Formula.Implies) first.parts().get(1);
    assertEquals(2, first.parts().size());
    assertEquals(5 - 1, ((Formula.And) or.parts().get(1)).parts().size());
    assertEquals(Formula.Not.class, implies.premise().getClass());
    assertEquals(Formula.Holds.class, implies.conclusion().getClass());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '#', value = {"exists true#EXISTS", "~exists true#NOT_EXISTS", "~ exists true#NOT_EXISTS",
      "not exists true#NOT_EXISTS", "forall true#FORALL", "final true#EXISTS", "locations [x;] forall (true)#FORALL",
      "locations [x]#FORALL", "exists true; #EXISTS", "exists true with TSO: ~exists; SC: forall#EXISTS",
      "exists true << anything | at { all#EXISTS", " (* nothing *) #FORALL"})
  void quantifiers(String condition, Quantifier expected) {
    ParsedTest test = parse("X86_64 t {} P0; movl $1,(x); " + condition);
    assertEquals(expected, test.quantifier());
    assertEquals(Formula.TRUE, test.condition());
    assertEquals("movl $1,(x)", test.threads().get(0).get(0).text());
  }

  @Test
  void numbers() {
    ParsedTest test = parse(
        "X86 t {a=18446744073709551615;b=-9223372036854775808;c=0xFFFFFFFFFFFFFFFF;d=`0x10`;} P0; ;");
    assertEquals("[-1, -9223372036854775808, -1, 16]",
        test.initial().stream().map(Binding::value).toList().toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '#', quoteCharacter = '^', value = {
      "AArch64#t.litmus:1:8: end of file; expected the test's name",
      "AArch64 t {#t.litmus:1:12: end of file; expected one of '_Atomic', '}', a number, a thread such as P0, ';', '*', '[', a register, ...",
      "AArch64 t {x=} P0; ;#t.litmus:1:14: '}'; expected one of 'ATOMIC_INIT', '{', an instruction's encoding, a label, a value, ",
      "AArch64 t {0:X0=x;0:X0=y} P0; ;#t.litmus:1:19: 0:X0 again, after line 1; expected one initial value",
      "AArch64 t {int x[2]={1}} P0; ;#t.litmus:1:21: 1 values; expected 2, the array's length",
      "AArch64 t {int x[2]=1} P0; ;#t.litmus:1:21: one value for the array 'x'; expected values in braces",
      "AArch64 t {x=99999999999999999999} P0; ;#t.litmus:1:14: number 99999999999999999999; expected at most 64 bits",
      "AArch64 t {x={1,2}} P0; ;#t.litmus:1:14: several values for 'x'; expected one value, or a declared array",
      "AArch64 t {x=0x} P0; ;#t.litmus:1:15: 'x'; expected one of '}', ';', ':'",
      "AArch64 t {} P1; ;#t.litmus:1:14: thread P1; expected P0",
      "AArch64 t {} P0 | P1; NOP;#t.litmus:1:26: 1 column; expected 2, as many as there are threads",
      "AArch64 t {} P0; NOP#t.litmus:1:21: end of file; expected one of ",
      "AArch64 t {} P0; ; exists (0:X0=1#t.litmus:1:34: end of file; expected one of '/\\', '\\/', '=>', ':', ')'",
      "AArch64 t {} P0; ; exists 0:X0 1#t.litmus:1:32: '1'; expected one of ",
      "AArch64 t {} P0; ; exists x=? #t.litmus:1:29: character '?'; expected a litmus test",
      "AArch64 t {} P0; ; exists fault(P0)#t.litmus:1:27: 'fault(P0)'; expected registers and variables only",
      "AArch64 t {(* } P0; ;#t.litmus:1:22: comment without end; expected '*)'"})
  void mistakesAreNamedWhereTheyAre(String text, String message) {
    String found = error(text);
    assertEquals(message, found.substring(0, Math.min(found.length(), message.length())));
    assertEquals(1, found.lines().count());
  }

  @Test
  void deepNestingIsRefusedWithoutExhaustingTheStack() {
    for (String opening : List.of("(", "~", "x=1=>")) {
      String message = error("X86 t {} P0; ; exists " + opening.repeat(100_000) + "x=1");
      assertEquals("condition nested too deeply", message.substring(message.indexOf(": ") + 2, message.indexOf(';')));
    }
    assertEquals(1, parse("X86 t " + "(*".repeat(50_000) + "*)".repeat(50_000) + "{} P0; ;").threads().size());
  }

  @Test
  void otherLanguagesAreRefusedWithAReason() {
    assertEquals("t.litmus: not supported: C tests need the Linux kernel's memory model",
        assertThrows(UnsupportedTestException.class, () -> parse("C t {} P0(int *x) { *x = 1; }")).getMessage());
    assertEquals("t.litmus: not supported: architecture 'LISA'",
        assertThrows(UnsupportedTestException.class, () -> parse("LISA t {} P0; w[] x 1;")).getMessage());
  }
}
