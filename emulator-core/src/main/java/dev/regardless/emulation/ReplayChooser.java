package dev.regardless.emulation;

/** Answers as recorded. */
public final class ReplayChooser implements Chooser {

  private final ChoiceSource source;

  public ReplayChooser(ChoiceSource source) {
    this.source = source;
  }

  @Override
  public int choose(int alternatives) {
    long answer = source.take();
    if (answer >= alternatives) {
      throw source.refuse(answer, "one of %d alternatives".formatted(alternatives));
    }
    return (int) answer;
  }

  @Override
  public boolean chance(int millionths) {
    long answer = source.take();
    if (answer > 1) {
      throw source.refuse(answer, "yes or no");
    }
    return answer == 1;
  }
}
