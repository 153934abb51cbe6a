package dev.regardless.aio;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;

/** struct io_event of include/uapi/linux/aio_abi.h: what a finished request reports, 32 bytes. */
public final class IoEvent extends KernelObject {

  /** Words of an event. */
  public static final int WORDS = 4;

  /** Index of the word that holds {@link #data}; the others follow. */
  public static final int DATA = 0;

  public static final int OBJ = 1;
  public static final int RES = 2;
  public static final int RES2 = 3;

  /** The iocb's aio_data. */
  public final LongCell data;

  /** User address of the iocb. */
  public final LongCell obj;

  /** Result: a poll mask, a number of bytes, or a negative errno. */
  public final LongCell res;

  /** Second result: 0 for every request kind there is. */
  public final LongCell res2;

  /** An event embedded in another object. */
  public IoEvent(CellFactory cells) {
    super(cells);
    data = new LongCell(cells, "data");
    obj = new LongCell(cells, "obj");
    res = new LongCell(cells, "res");
    res2 = new LongCell(cells, "res2");
  }
}
