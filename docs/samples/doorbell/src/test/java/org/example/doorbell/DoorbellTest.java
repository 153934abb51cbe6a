package org.example.doorbell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DoorbellTest {

  private static String run(int expected, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Main.run(arguments, printed, printed);
    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(expected, code, text);
    return text;
  }

  @Test
  void theConfigurationRunsTheDriver() {
    run(0, "run", "doorbell.conf");
  }

  @Test
  void aWrongSettingIsNamed() {
    String text = run(2, "run", "doorbell.conf", "-Daio-poll.requests=0");
    assertTrue(text.contains("requests"), text);
  }

  @Test
  void theScenarioHoldsEverywhere() {
    run(0, "check", "doorbell-two-rings", "--arch", "sc,x86,arm64");
  }
}
