package dev.regardless.execution;

import java.util.List;

/**
 * Which executions an architecture allows. Two forms that must agree:
 *
 * <ul>
 *   <li>incremental ({@link #orderLocally}): the graph keeps the transitive closure of (local order | rfe | fre | coe, see
 *       {@link #internalReadsFromOrders}) and coherence per location; the model adds the local order of one new event;
 *   <li>literal ({@link #axioms}): the axioms as they are printed, over relations of a whole execution; slow.
 * </ul>
 *
 * All models here have no cycle in (po | rf): see the design note on load buffering.
 */
public interface MemoryModel {

  /** Id as in reports: {@code sc}, {@code tso}, {@code armv8}. */
  String name();

  /**
   * Calls {@link ExecutionGraph#order} for events of {@code event}'s thread (or {@link Signature#SPAWN} events of its
   * spawner) that are locally ordered before {@code event}, which is the newest of its thread and, if it is a read, has
   * its rf edge. Only their transitive closure matters.
   */
  void orderLocally(ExecutionGraph graph, int event);

  /** Whether a write read by its own thread is ordered before that read, as under SC. */
  boolean internalReadsFromOrders();

  /** Why a read may return a value that another thread's write has replaced, in a few words for reports. */
  String whyStale();

  /** The literal form. */
  List<Axiom> axioms();

  /** The relation, not closed, that the literal form's global axiom wants acyclic: what RCU's grace periods extend. */
  Relation globalOrder(Execution execution);
}
