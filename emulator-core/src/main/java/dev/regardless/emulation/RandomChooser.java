package dev.regardless.emulation;

/** A seeded chooser: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), whose sequence is fixed by the seed for ever. */
public final class RandomChooser implements Chooser {

  private static final long GAMMA = 0x9e3779b97f4a7c15L;
  private static final long MILLION = 1_000_000L;

  private long state;

  public RandomChooser(long seed) {
    this.state = seed;
  }

  /** Starts the sequence of {@code seed} anew. */
  public void reseed(long seed) {
    state = seed;
  }

  @Override
  public int choose(int alternatives) {
    // Lemire's multiply-shift on 32 bits: the bias is below 2^-32 * alternatives.
    return (int) (((next() >>> 32) * alternatives) >>> 32);
  }

  @Override
  public boolean chance(int millionths) {
    return (((next() >>> 32) * MILLION) >>> 32) < millionths;
  }

  private long next() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
