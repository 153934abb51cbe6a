package dev.regardless.checker;

import java.util.Locale;

/**
 * How many executions a check probably has in all, from random descents through the tree of its choices (Knuth, "Estimating
 * the efficiency of backtrack programs", Mathematics of Computation 29, 1975): unbiased, but a few large subtrees that no
 * descent met can make it far too small.
 *
 * @param executions the mean over all descents, executions of every kind
 * @param error the standard error of that mean
 * @param descents how many
 */
public record Estimate(double executions, double error, int descents) {

  /**
   * For people, and labelled as an estimate.
   *
   * @param met executions that were already met
   */
  public String text(long met) {
    String how = "estimate from %,d random descents, standard error %s".formatted(descents, rounded(error));
    return met < executions
        ? "about %s executions in all (%s)".formatted(rounded(executions), how)
        : "more executions than the %s that were estimated (%s)".formatted(rounded(executions), how);
  }

  /** The same in few words. */
  public String shortText(long met) {
    return met < executions
        ? "about %s in all (estimate)".formatted(rounded(executions))
        : "more than the estimated %s".formatted(rounded(executions));
  }

  /** Two digits and a word: what an estimate is worth. */
  static String rounded(double number) {
    String[] words = {"", " thousand", " million", " billion", " trillion"};
    double left = Math.max(number, 0);
    int word = 0;
    while (left >= 999.5 && word < words.length - 1) {
      left /= 1000;
      word++;
    }
    if (left >= 999.5) {
      return String.format(Locale.ROOT, "%.1e", number);
    }
    return String.format(Locale.ROOT, left < 9.95 && word > 0 ? "%.1f%s" : "%.0f%s", left, words[word]);
  }
}
