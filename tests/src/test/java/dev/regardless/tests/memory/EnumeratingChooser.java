package dev.regardless.tests.memory;

import dev.regardless.emulation.Chooser;
import java.util.Arrays;

/** Gives all sequences of answers, one sequence per round: an odometer whose wheels appear as they are asked for. */
final class EnumeratingChooser implements Chooser {

  private int[] answers = new int[64];
  private int[] alternatives = new int[64];
  private int asked;
  private int known;

  /** Starts the next sequence; false if there is none. */
  boolean next() {
    int last = asked - 1;
    while (last >= 0 && answers[last] + 1 == alternatives[last]) {
      last--;
    }
    asked = 0;
    known = last + 1;
    if (last < 0) {
      return false;
    }
    answers[last]++;
    return true;
  }

  @Override
  public int choose(int count) {
    if (asked == answers.length) {
      answers = Arrays.copyOf(answers, asked * 2);
      alternatives = Arrays.copyOf(alternatives, asked * 2);
    }
    if (asked == known) {
      answers[asked] = 0;
      alternatives[asked] = count;
      known++;
    }
    if (alternatives[asked] != count) {
      throw new IllegalStateException("the same choices led to another question");
    }
    return answers[asked++];
  }

  @Override
  public boolean chance(int millionths) {
    return choose(2) == 1;
  }
}
