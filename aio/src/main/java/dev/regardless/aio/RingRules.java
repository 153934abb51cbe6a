package dev.regardless.aio;

import java.util.ArrayList;
import java.util.List;

/**
 * How rings are mapped.
 *
 * @param ofFile whether the one ring that can be made then is the page of a file, as all are in Linux, see {@link RingFile};
 *     otherwise the mapping is the ring itself, which is all that programs can tell as long as they neither fork nor move a part
 * @param copiedByFork whether a child inherits the mapping, as before VM_DONTCOPY (c03ce4173c7b, April 2026)
 * @param missing guards that are left out
 */
public record RingRules(boolean ofFile, boolean copiedByFork, List<RingGuard> missing) {

  /** Every guard, and no file. */
  public static final RingRules DEFAULT = new RingRules(false, false, List.of());

  /** Every guard, and rings that are pages of a file. */
  public static final RingRules OF_FILE = new RingRules(true, false, List.of());

  public RingRules {
    missing = List.copyOf(missing);
  }

  /** Whether a guard is there. */
  boolean has(RingGuard guard) {
    return !missing.contains(guard);
  }

  /** The same with a child that inherits the mapping, or not. */
  public RingRules copiedByFork(boolean copied) {
    return new RingRules(ofFile, copied, missing);
  }

  /** The same without a guard, unless {@code there}. */
  public RingRules with(RingGuard guard, boolean there) {
    List<RingGuard> more = new ArrayList<>(missing);
    if (!there) {
      more.add(guard);
    }
    return new RingRules(ofFile, copiedByFork, more);
  }
}
