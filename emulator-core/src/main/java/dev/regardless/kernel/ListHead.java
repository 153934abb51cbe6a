package dev.regardless.kernel;

import dev.regardless.machine.KernelPrimitives;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.RefCell;

/**
 * struct list_head: head of an intrusive doubly linked circular list, or a node of one. Both must be {@link #init}ialised
 * (a node may instead be added). Source: include/linux/list.h and include/linux/rculist.h (6.x), access by access.
 *
 * <p>Iterate with {@code for (node = head.first(); node != head; node = node.next())}; to delete on the way, read {@code
 * next()} before.
 */
public final class ListHead extends KernelObject {

  /** LIST_POISON1: what {@link #delete} leaves in {@code next}; no object, so following it faults. */
  public static final long POISON1 = 0xdead000000000100L;

  /** LIST_POISON2: what {@link #delete} leaves in {@code prev}. */
  public static final long POISON2 = 0xdead000000000122L;

  private final KernelPrimitives primitives;
  private final KernelObject container;
  private final RefCell<ListHead> next;
  private final RefCell<ListHead> prev;

  /** A field of {@code container}: {@code new ListHead(cells.embedded(this, "entry"), this)}. */
  public ListHead(CellFactory cells, KernelObject container) {
    super(cells);
    this.primitives = cells.machine().primitives();
    this.container = container;
    this.next = new RefCell<>(cells, "next", ListHead.class);
    this.prev = new RefCell<>(cells, "prev", ListHead.class);
  }

  /** container_of. */
  public KernelObject container() {
    return container;
  }

  /** container_of, with its type. */
  public <T extends KernelObject> T container(Class<T> type) {
    return type.cast(container);
  }

  /** INIT_LIST_HEAD. */
  public void init() {
    next.writeOnce(this);
    prev.writeOnce(this);
  }

  // ---- looking -----------------------------------------------------------------------------------------------------

  /** list_empty; of a node: whether it is on no list. */
  public boolean isEmpty() {
    return primitives.readOnce(next.location()) == number();
  }

  /** list_empty_careful: safe without the list's lock against {@link #deleteInitCareful} alone. */
  public boolean isEmptyCareful() {
    return primitives.loadAcquire(next.location()) == number() && primitives.readOnce(prev.location()) == number();
  }

  /** head-&gt;next: the first node, or the head itself. */
  public ListHead first() {
    return next.read();
  }

  /** node-&gt;next: the next node, or the head. */
  public ListHead next() {
    return next.read();
  }

  /** node-&gt;prev. */
  public ListHead previous() {
    return prev.read();
  }

  /** rcu_dereference(list_next_rcu(node)). */
  public ListHead nextRcu() {
    return next.readOnce();
  }

  // ---- adding ------------------------------------------------------------------------------------------------------

  /** list_add(node, this): after this one, so first if this is the head. */
  public void add(ListHead node) {
    insert(node, this, next.read());
  }

  /** list_add_tail(node, this): before this one, so last if this is the head. */
  public void addTail(ListHead node) {
    insert(node, prev.read(), this);
  }

  /** list_move_tail(node, this). */
  public void moveTail(ListHead node) {
    node.unlink();
    addTail(node);
  }

  private static void insert(ListHead node, ListHead before, ListHead after) {
    after.prev.write(node);
    node.next.write(after);
    node.prev.write(before);
    before.next.writeOnce(node);
  }

  /** list_add_rcu(node, this). */
  public void addRcu(ListHead node) {
    insertRcu(node, this, next.read());
  }

  /** list_add_tail_rcu(node, this). */
  public void addTailRcu(ListHead node) {
    insertRcu(node, prev.read(), this);
  }

  private static void insertRcu(ListHead node, ListHead before, ListHead after) {
    node.next.write(after);
    node.prev.write(before);
    before.next.storeRelease(node);
    after.prev.write(node);
  }

  // ---- deleting ----------------------------------------------------------------------------------------------------

  /** list_del: leaves poison. */
  public void delete() {
    unlink();
    primitives.write(next.location(), POISON1);
    primitives.write(prev.location(), POISON2);
  }

  /** list_del_init. */
  public void deleteInit() {
    unlink();
    init();
  }

  /**
   * list_del_init_careful: the last store is a release, so that who then finds the node {@link #isEmptyCareful empty} may
   * do without the lock and let go of its memory.
   */
  public void deleteInitCareful() {
    unlink();
    prev.writeOnce(this);
    next.storeRelease(this);
  }

  /** list_del_rcu: readers standing on the node can still walk on. */
  public void deleteRcu() {
    unlink();
    primitives.write(prev.location(), POISON2);
  }

  /** list_replace(this, replacement): no order for readers without the list's lock. */
  public void replace(ListHead replacement) {
    ListHead after = next.read();
    ListHead before = prev.read();
    replacement.next.write(after);
    after.prev.write(replacement);
    replacement.prev.write(before);
    before.next.writeOnce(replacement);
  }

  /** list_replace_rcu(this, replacement). */
  public void replaceRcu(ListHead replacement) {
    ListHead after = next.read();
    ListHead before = prev.read();
    replacement.next.write(after);
    replacement.prev.write(before);
    before.next.storeRelease(replacement);
    after.prev.write(replacement);
    primitives.write(prev.location(), POISON2);
  }

  private void unlink() {
    ListHead before = prev.read();
    ListHead after = next.read();
    after.prev.write(before);
    before.next.writeOnce(after);
  }
}
