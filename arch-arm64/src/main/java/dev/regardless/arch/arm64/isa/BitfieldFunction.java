package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.PureFunction;
import java.util.Locale;

/**
 * UBFM, SBFM and BFM (DDI 0487, C6.2: BFM): first operand is the source, second the old destination (BFM only).
 *
 * @param kind   what happens to the bits outside the field
 * @param rotate immr
 * @param last   imms
 * @param bits   32 or 64
 */
record BitfieldFunction(Kind kind, int rotate, int last, int bits) implements PureFunction {
  /** What happens to the bits outside the field. */
  enum Kind {
    /** They become 0. */
    UNSIGNED,
    /** Those below become 0, those above copies of the field's highest. */
    SIGNED,
    /** They keep the destination's. */
    INSERT
  }

  @Override
  public long apply(long source, long destination, long third) {
    int length = last >= rotate ? last - rotate + 1 : last + 1;
    int position = last >= rotate ? 0 : bits - rotate;
    int from = last >= rotate ? rotate : 0;
    long ones = length == 64 ? -1L : (1L << length) - 1;
    long field = (source >>> from) & ones;
    long result = switch (kind) {
      case UNSIGNED -> field << position;
      case SIGNED -> ((field << (64 - length)) >> (64 - length)) << position;
      case INSERT -> (destination & ~(ones << position)) | (field << position);
    };
    return bits == 64 ? result : result & 0xFFFF_FFFFL;
  }

  @Override
  public String symbol() {
    return kind.name().toLowerCase(Locale.ROOT) + "_field";
  }
}
