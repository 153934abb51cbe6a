package dev.regardless.emulation;

/** Gives the answers that a {@link ChoiceSink} took down, in order. */
public interface ChoiceSource {

  /**
   * The next answer.
   *
   * @throws dev.regardless.input.BadInputException if there is none
   */
  long take();

  /**
   * Refuses an answer that cannot be one to the question just asked: the recording belongs to another program.
   *
   * @param answer what was recorded
   * @param question what was asked
   */
  RuntimeException refuse(long answer, String question);
}
