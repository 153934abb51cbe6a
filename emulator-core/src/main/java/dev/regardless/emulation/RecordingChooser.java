package dev.regardless.emulation;

/** Passes choices on and takes down the answers. */
public final class RecordingChooser implements Chooser {

  private final Chooser chooser;
  private final ChoiceSink sink;

  public RecordingChooser(Chooser chooser, ChoiceSink sink) {
    this.chooser = chooser;
    this.sink = sink;
  }

  @Override
  public int choose(int alternatives) {
    int answer = chooser.choose(alternatives);
    sink.put(answer);
    return answer;
  }

  @Override
  public boolean chance(int millionths) {
    boolean answer = chooser.chance(millionths);
    sink.put(answer ? 1 : 0);
    return answer;
  }
}
