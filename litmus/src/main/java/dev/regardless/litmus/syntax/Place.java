package dev.regardless.litmus.syntax;

/** What a test can initialise or look at: a register of a thread, a variable in memory, or one element of an array. */
public sealed interface Place {
  /**
   * A register.
   *
   * @param thread the thread's number, from 0, or {@link #EVERY_THREAD}
   * @param name   as written, not yet checked against the architecture
   */
  record Register(int thread, String name) implements Place {
    /** Stands for the register of that symbolic name in each thread that uses it. */
    public static final int EVERY_THREAD = -1;

    @Override
    public String toString() {
      return thread == EVERY_THREAD ? name : thread + ":" + name;
    }
  }

  /**
   * A variable in memory, as a whole: for an array, all of its elements.
   *
   * @param name as written
   */
  record Variable(String name) implements Place {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * An element of an array.
   *
   * @param array the array's name
   * @param index from 0, in elements
   */
  record Element(String array, int index) implements Place {
    @Override
    public String toString() {
      return array + "[" + index + "]";
    }
  }
}
