package dev.regardless.litmus.syntax;

import java.io.IOException;

/** The text of a test, as the generated scanner reads it: characters, with the line and column of each token. */
final class SourceText implements CharStream {
  private static final EndOfText END = new EndOfText();

  /** What the scanner expects at the end; one instance, because every test ends. */
  private static final class EndOfText extends IOException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private final String text;
  /** Index of the next character. */
  private int next;
  /** Index of the token's first character. */
  private int start;
  /** The line that holds {@link #counted}, from 1, and where it begins. */
  private int line = 1;
  private int lineStart;
  /** Line ends before this index have been counted. */
  private int counted;
  private int beginLine;
  private int beginColumn;

  SourceText(String text) {
    this.text = text;
  }

  @Override
  public char readChar() throws IOException {
    if (next >= text.length()) {
      throw END;
    }
    return text.charAt(next++);
  }

  @Override
  public char BeginToken() throws IOException {
    start = next;
    return readChar();
  }

  @Override
  public void backup(int amount) {
    next -= amount;
  }

  @Override
  public String GetImage() {
    return text.substring(start, next);
  }

  @Override
  public char[] GetSuffix(int length) {
    return text.substring(next - length, next).toCharArray();
  }

  @Override
  public int getBeginLine() {
    advance(start);
    beginLine = line;
    beginColumn = start - lineStart + 1;
    return beginLine;
  }

  @Override
  public int getBeginColumn() {
    return beginColumn;
  }

  @Override
  public int getEndLine() {
    advance(Math.max(start, next - 1));
    return line;
  }

  @Override
  public int getEndColumn() {
    return Math.max(start, next - 1) - lineStart + 1;
  }

  private void advance(int index) {
    for (; counted < index; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
  }

  @Deprecated
  @Override
  public int getLine() {
    return getEndLine();
  }

  @Deprecated
  @Override
  public int getColumn() {
    return getEndColumn();
  }

  @Override
  public void Done() {}

  @Override
  public void setTabSize(int size) {}

  @Override
  public int getTabSize() {
    return 1;
  }

  @Override
  public boolean getTrackLineColumn() {
    return true;
  }

  @Override
  public void setTrackLineColumn(boolean tracked) {}
}
