package dev.regardless.litmus.hardware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Puts the C program together that runs tests: {@code harness.c}, the tests, and {@code main}. */
final class HarnessWriter {
  private HarnessWriter() {}

  /**
   * The program. Its arguments are the position of a test in the list, and how often to run it; it prints lines of a
   * count and one value for each shown observable.
   *
   * @param tests what {@link NativeTestWriter#write} made, numbered from 0
   */
  static String program(List<String> tests) throws IOException {
    StringBuilder text = new StringBuilder(runtime());
    tests.forEach(text::append);
    text.append("static const Test *const tests[] = {");
    for (int number = 0; number < tests.size(); number++) {
      text.append(number == 0 ? "&test_" : ", &test_").append(number);
    }
    return text.append("};\nint main(int count, char **argument) {\n")
        .append("  return count == 3 ? measure(tests[atoi(argument[1])], atol(argument[2])) : 2;\n}\n").toString();
  }

  private static String runtime() throws IOException {
    try (InputStream source = Objects.requireNonNull(HarnessWriter.class.getResourceAsStream("harness.c"))) {
      return new String(source.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
