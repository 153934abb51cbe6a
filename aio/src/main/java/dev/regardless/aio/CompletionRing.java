package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.UserPages;

/**
 * struct aio_ring of fs/aio.c, in pages that the kernel and the program share. Header fields are 32 bits wide in Linux;
 * each has a word of its own here because fields, not words, are what both sides access. All kernel accesses are plain.
 *
 * <p>Protocol. The kernel, under completion_lock, writes the event at tail, then smp_wmb, then tail. A reader reads head
 * and tail, then smp_rmb, then the events between them, then writes head; readers in the kernel exclude one another by
 * ring_lock, a reader in user space must not race with them. The kernel distrusts head and clamps it.
 */
public final class CompletionRing extends UserPages {

  /** Bytes of the header. */
  public static final int HEADER_BYTES = 32;

  /** Bytes of one event. */
  public static final int EVENT_BYTES = 32;

  /** Words of the header, one per field. */
  public static final int HEADER_WORDS = 8;

  /** What {@link #magic} holds. */
  public static final long MAGIC = 0xa10a10a1L;

  private static final int FIELD_BYTES = 4;

  private static final String[] FIELDS = {"id", "nr", "head", "tail", "magic", "compat_features", "incompat_features",
      "header_length"};

  public final LongCell id = word(0);
  public final LongCell nr = word(1);
  public final LongCell head = word(2);
  public final LongCell tail = word(3);
  public final LongCell magic = word(4);
  public final LongCell compatFeatures = word(5);
  public final LongCell incompatFeatures = word(6);
  public final LongCell headerLength = word(7);

  /** A ring with room for {@code capacity} events. */
  public CompletionRing(CellFactory cells, int capacity) {
    super(cells, FIELDS, HEADER_WORDS + capacity * IoEvent.WORDS);
  }

  /** The header as aio_setup_ring leaves it, except {@link #id}, which ioctx_add_table writes. */
  void initialise(long events) {
    nr.write(events);
    id.write(0xffff_ffffL);
    head.write(0);
    tail.write(0);
    magic.write(MAGIC);
    compatFeatures.write(1);
    incompatFeatures.write(0);
    headerLength.write(HEADER_BYTES);
    // __GFP_ZERO: user space can look.
    for (int word = HEADER_WORDS; word < words(); word++) {
      word(word).write(0);
    }
  }

  /** Word {@code field} ({@link IoEvent#DATA} and so on) of event {@code index}. */
  public LongCell event(long index, int field) {
    return word(HEADER_WORDS + Math.toIntExact(index) * IoEvent.WORDS + field);
  }

  /** copy_folio: every word of another ring of the same size. */
  void copyFrom(CompletionRing source) {
    for (int word = 0; word < words(); word++) {
      word(word).write(source.word(word).read());
    }
  }

  /** VM_DONTEXPAND. */
  @Override
  public boolean isExpandable() {
    return false;
  }

  /** Whoever owns the ring lets it move as a whole only, see {@link IoContexts#move}: it stays in one piece. */
  @Override
  public Parts split(long bytes) {
    return new Parts(this, this);
  }

  /** As user programs see it: 4-byte header fields, then events. */
  @Override
  public long bytes() {
    return HEADER_BYTES + (long) (words() - HEADER_WORDS) * Long.BYTES;
  }

  @Override
  public long load(long offset, int bytes) {
    if (offset >= HEADER_BYTES) {
      return super.load(offset + HEADER_BYTES, bytes);
    }
    if (bytes == FIELD_BYTES && offset % FIELD_BYTES == 0) {
      return word((int) (offset / FIELD_BYTES)).read() & 0xffff_ffffL;
    }
    long value = 0;
    for (int done = 0; done < bytes; done++) {
      long at = offset + done;
      value |= extract(word((int) (at / FIELD_BYTES)).read(), at % FIELD_BYTES, 1) << (8 * done);
    }
    return value;
  }

  @Override
  public void store(long offset, int bytes, long value) {
    if (offset >= HEADER_BYTES) {
      super.store(offset + HEADER_BYTES, bytes, value);
      return;
    }
    if (bytes == FIELD_BYTES && offset % FIELD_BYTES == 0) {
      word((int) (offset / FIELD_BYTES)).write(value & 0xffff_ffffL);
      return;
    }
    for (int done = 0; done < bytes; done++) {
      long at = offset + done;
      LongCell field = word((int) (at / FIELD_BYTES));
      field.write(insert(field.read(), at % FIELD_BYTES, 1, value >>> (8 * done)));
    }
  }
}
