package dev.regardless.litmus.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.input.BadInputException;
import dev.regardless.litmus.test.Quantifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFilesTest {
  @TempDir
  private Path folder = Path.of("");

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(file, text);
  }

  private List<String> find(String... arguments) {
    List<String> absolute = List.of(arguments).stream()
        .map(each -> each.startsWith("@") ? "@" + folder.resolve(each.substring(1)) : folder.resolve(each).toString())
        .toList();
    return TestFiles.of(absolute).stream().map(path -> folder.relativize(path).toString()).toList();
  }

  private String error(String... arguments) {
    return String.valueOf(assertThrows(BadInputException.class, () -> find(arguments)).getMessage())
        .replace(folder.toString(), "F");
  }

  @Test
  void foldersAndListsAreFollowedInOrderAndOnce() throws IOException {
    write("b.litmus", "");
    write("a.litmus", "");
    write("notes.txt", "");
    write("sub/c.litmus", "");
    write("sub/@all", "# two\n\nc.litmus\n../b.litmus\n");
    write("@top", "@sub/@all\na.litmus\n");
    assertEquals(List.of("a.litmus", "b.litmus", "sub/c.litmus"), find("."));
    assertEquals(List.of("sub/c.litmus", "b.litmus", "a.litmus"), find("@@top"));
    assertEquals(List.of("b.litmus", "a.litmus"), find("b.litmus", "a.litmus", "b.litmus"));
  }

  @Test
  void whatDoesNotExistIsNamed() throws IOException {
    write("list", "missing.litmus\n");
    write("circle", "@circle\n");
    assertEquals("F/no: no such file; expected a litmus file, a folder or @list", error("no"));
    assertEquals("F/missing.litmus: no such file; expected a litmus file, a folder or @list", error("@list"));
    assertEquals("F/circle: a list that names itself; expected lists without circles", error("@circle"));
    assertEquals("@F/none: cannot be read; expected a list of litmus files", error("@none"));
    Files.createDirectories(folder.resolve("empty"));
    assertEquals("F/empty: no litmus file; expected a folder with at least one *.litmus", error("empty"));
  }

  @Test
  void kindsFiles() throws IOException {
    write("kinds.txt", "# comment\nMP Allowed\nSB  Forbidden\n\nLB Required\n");
    assertEquals(Map.of("MP", Quantifier.EXISTS, "SB", Quantifier.NOT_EXISTS, "LB", Quantifier.FORALL),
        KindsFile.read(folder.resolve("kinds.txt")));
    write("bad.txt", "MP Allowed\nSB Maybe\n");
    assertEquals("F/bad.txt:2:4: kind 'Maybe'; expected Allowed, Forbidden or Required",
        String.valueOf(assertThrows(BadInputException.class, () -> KindsFile.read(folder.resolve("bad.txt")))
            .getMessage()).replace(folder.toString(), "F"));
  }
}
