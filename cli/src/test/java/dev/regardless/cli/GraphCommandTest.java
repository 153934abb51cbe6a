package dev.regardless.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The drawings of {@code litmus --graph}. */
class GraphCommandTest {
  @TempDir
  Path folder = Path.of("");

  private Path draw(String name, String test) throws IOException {
    Files.writeString(folder.resolve(name + ".litmus"), test);
    LitmusCommandTest.Ending ending = LitmusCommandTest.run(folder, "litmus", "--graph", "DIR/drawn",
        "DIR/" + name + ".litmus");
    assertEquals(ExitCode.HOLDS, ending.code(), ending.err());
    assertEquals("", ending.err());
    return folder.resolve("drawn").resolve(name + ".svg");
  }

  /** The golden drawing is what {@code bin/regardless litmus --graph} makes of this test. */
  @Test
  void storeBufferingToTheByte() throws IOException {
    byte[] drawn = Files.readAllBytes(draw("SB", """
        X86_64 SB
        {
        }
         P0            | P1            ;
         movl $1,(x)   | movl $1,(y)   ;
         movl (y),%eax | movl (x),%eax ;
        exists (0:rax=0 /\\ 1:rax=0)
        """));
    try (InputStream golden = Objects.requireNonNull(GraphCommandTest.class.getResourceAsStream("SB.svg"))) {
      assertArrayEquals(golden.readAllBytes(), drawn);
    }
  }

  @Test
  void eventsStandInTheirThreadAndEdgesAreNamed() throws Exception {
    Element svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(draw("MP+dmb+ctrl", """
        AArch64 MP+dmb+ctrl
        {
        0:X1=x; 0:X3=y;
        1:X1=x; 1:X3=y;
        }
         P0             | P1                  ;
         MOV W0,#1      | LDAR W0,[X3]        ;
         STR W0,[X1]    | CBNZ W0,L           ;
         DMB SY         | L:                  ;
         MOV W2,#1      | EOR W4,W0,W0        ;
         SWP W2,W5,[X3] | LDR W2,[X1,W4,SXTW] ;
        exists (1:X0=1 /\\ 1:X2=1)
        """).toFile()).getDocumentElement();
    List<String> texts = new ArrayList<>();
    elements(svg, "text").forEach(text -> texts.add(text.getTextContent()));
    assertEquals(List.of("MP+dmb+ctrl", "Thread 0", "Thread 1", "a: W[y]=0", "b: W[x]=1", "STR W0,[X1]", "c: DMB SY",
        "d: R[y]X=0", "SWP W2,W5,[X3]", "e: W[y]X=1", "SWP W2,W5,[X3]", "f: R[y]Acq=1", "LDAR W0,[X3]", "g: R[x]=1",
        "LDR W2,[X1,W4,SXTW]", "po", "po", "po", "po", "rmw", "addr", "ctrl", "rf", "rf", "rf", "co", "fr",
        "Final state: 1:X0=1; 1:X2=1;",
        "Condition exists (1:X0=1 /\\ 1:X2=1): the execution satisfies the proposition"), texts);
    long edges = elements(svg, "path").stream().filter(path -> path.getAttribute("fill").equals("none")).count();
    assertEquals(12, edges);
    for (int thread = 0; thread < 2; thread++) {
      Element column = elements(svg, "rect").get(1 + thread);
      double left = Double.parseDouble(column.getAttribute("x"));
      double right = left + Double.parseDouble(column.getAttribute("width"));
      double above = Double.NEGATIVE_INFINITY;
      for (String event : thread == 0 ? List.of("b: ", "c: ", "d: ", "e: ") : List.of("f: ", "g: ")) {
        Element label = elements(svg, "text").stream().filter(text -> text.getTextContent().startsWith(event))
            .findFirst()
            .orElseThrow();
        double x = Double.parseDouble(label.getAttribute("x"));
        double y = Double.parseDouble(label.getAttribute("y"));
        assertTrue(left < x && x < right, event);
        assertTrue(above < y, event);
        above = y;
      }
    }
  }

  private static List<Element> elements(Element svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      elements.add((Element) nodes.item(index));
    }
    return elements;
  }
}
