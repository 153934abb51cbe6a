package dev.regardless.litmus.hardware;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.isa.UnsupportedTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareRunTest {
  @TempDir
  Path folder = Path.of("");

  private String refusal(String cpu, String compiler) {
    return String.valueOf(assertThrows(UnsupportedTestException.class,
        () -> HardwareRun.on(cpu, Map.of("PATH", folder.toString()), compiler)).getMessage());
  }

  @Test
  void anotherCpuIsNamed() {
    assertEquals("--hardware: this CPU is aarch64; only x86-64 tests can be run", refusal("aarch64", ""));
    assertEquals("--hardware: this CPU is riscv64; only x86-64 tests can be run", refusal("riscv64", ""));
  }

  @Test
  void aMissingCompilerIsNamed() throws IOException {
    assertEquals("--hardware: there is no C compiler (cc, gcc or clang) on the path", refusal("amd64", ""));
    assertEquals("--hardware: there is no C compiler 'tcc'", refusal("amd64", "tcc"));
    Files.writeString(folder.resolve("gcc"), "not a program");
    Files.createDirectory(folder.resolve("clang"));
    assertEquals("--hardware: there is no C compiler (cc, gcc or clang) on the path", refusal("x86_64", ""));
    assertEquals("--hardware: there is no C compiler '/'", refusal("amd64", "/"));
  }

  @Test
  void aCompilerIsFoundOnThePathOrWhereItIsSaidToBe() throws IOException {
    Path program = Files.writeString(folder.resolve("clang"), "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));
    Map<String, String> environment = Map.of("PATH", "/nowhere:" + folder);
    assertDoesNotThrow(() -> HardwareRun.on("amd64", environment, ""));
    assertDoesNotThrow(() -> HardwareRun.on("amd64", environment, "clang"));
    assertDoesNotThrow(() -> HardwareRun.on("amd64", Map.of(), program.toString()));
  }
}
