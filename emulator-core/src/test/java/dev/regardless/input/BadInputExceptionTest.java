package dev.regardless.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BadInputExceptionTest {
  @Test
  void namesFileLineAndColumn() {
    assertEquals("a.conf:3:7: found 'x'; expected a number",
        BadInputException.at("a.conf", 3, 7, "found 'x'", "a number").getMessage());
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertEquals("a.conf:3: found 'x'; expected a number",
        BadInputException.at("a.conf", 3, BadInputException.UNKNOWN, "found 'x'", "a number").getMessage());
    assertEquals("a.conf: not there; expected a file",
        BadInputException.in("a.conf", "not there", "a file").getMessage());
  }

  @Test
  void isOneLine() {
    assertEquals("a: b c; expected d e", BadInputException.in("a", "b\n  c", "d \r\n e").getMessage());
  }

  @Test
  void keepsItsMessageWithACause() {
    IllegalStateException cause = new IllegalStateException("deep");
    BadInputException failure = BadInputException.in("a", "b", "c").causedBy(cause);
    assertEquals("a: b; expected c", failure.getMessage());
    assertSame(cause, failure.getCause());
  }
}
