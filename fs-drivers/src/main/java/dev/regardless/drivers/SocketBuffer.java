package dev.regardless.drivers;

import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.LongCell;
import dev.regardless.memory.RefCell;

/** struct sk_buff with its data: part of one write, on the receiver's queue until it is read. */
final class SocketBuffer extends KernelObject {

  /** Bytes that one holds; a longer write takes several. */
  static final int BYTES = 4096;

  final RefCell<SocketBuffer> next;
  final LongCell consumed;
  final LongCell length;
  final LongCell[] words = new LongCell[BYTES / Long.BYTES];

  SocketBuffer(CellFactory cells) {
    super(cells);
    next = new RefCell<>(cells, "next", SocketBuffer.class);
    consumed = new LongCell(cells, "consumed");
    length = new LongCell(cells, "len");
    for (int word = 0; word < words.length; word++) {
      words[word] = new LongCell(cells, "data[" + word + ']');
    }
  }
}
