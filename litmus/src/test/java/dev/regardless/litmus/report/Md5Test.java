package dev.regardless.litmus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Md5Test {
  @Test
  void examplesOfTheStandard() {
    assertEquals("d41d8cd98f00b204e9800998ecf8427e", HexFormat.of().formatHex(Md5.digest("")));
    assertEquals("f96b697d7cb7938d525a2f31aaf161d0", HexFormat.of().formatHex(Md5.digest("message digest")));
  }

  @Test
  void equalsTheDigestOfTheJdkAtEveryLengthOfThreeBlocks() throws NoSuchAlgorithmException {
    MessageDigest jdk = MessageDigest.getInstance("MD5");
    StringBuilder text = new StringBuilder();
    for (int length = 0; length < 200; length++) {
      assertArrayEquals(jdk.digest(text.toString().getBytes(StandardCharsets.ISO_8859_1)), Md5.digest(text.toString()));
      text.append((char) (length * 37 % 256));
    }
  }
}
