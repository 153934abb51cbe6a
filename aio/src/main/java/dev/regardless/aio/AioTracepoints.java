package dev.regardless.aio;

import dev.regardless.machine.Tracepoint;

/**
 * Where the aio subsystem can be observed. A request is named by its aio_data, which observers that count expect to be
 * unique for the run, and, while it lives, by the object number of its {@link AioKiocb}.
 */
public final class AioTracepoints {

  /** A request has a kiocb and passed the common checks; fires before any event for it can be posted. */
  public static final Tracepoint REQUEST_ISSUED = new Tracepoint("aio:request-issued", "data", "kiocb");

  /** io_submit took the request: exactly one event is owed. May fire after that event was posted. */
  public static final Tracepoint REQUEST_ACCEPTED = new Tracepoint("aio:request-accepted", "data", "iocb address");

  /** io_submit refused an issued request: no event is owed. */
  public static final Tracepoint REQUEST_REFUSED = new Tracepoint("aio:request-refused", "data", "errno");

  /** An event became visible in a completion ring. */
  public static final Tracepoint EVENT_POSTED = new Tracepoint("aio:event-posted", "data", "res");

  /** A program took an event out of a completion ring; fired by the program. */
  public static final Tracepoint EVENT_REAPED = new Tracepoint("aio:event-reaped", "data", "res");

  /** A kiocb is about to be freed. */
  public static final Tracepoint REQUEST_FREED = new Tracepoint("aio:request-freed", "kiocb", "context");

  /** A request took a reference to its file. */
  public static final Tracepoint FILE_TAKEN = new Tracepoint("aio:file-taken", "kiocb", "file");

  /** A request drops its reference to its file. */
  public static final Tracepoint FILE_DROPPED = new Tracepoint("aio:file-dropped", "kiocb", "file");

  /** A request took a slot of the ring. */
  public static final Tracepoint SLOT_TAKEN = new Tracepoint("aio:slot-taken", "context", "1");

  /** Slots became free: the ring's head moved past their events, or the request was refused. */
  public static final Tracepoint SLOTS_RETURNED = new Tracepoint("aio:slots-returned", "context", "slots");

  /** completed_events after an event was posted or slots were returned: slots still held by events. */
  public static final Tracepoint SLOTS_HELD = new Tracepoint("aio:slots-held", "context", "slots");

  /** A context was set up. */
  public static final Tracepoint CONTEXT_CREATED = new Tracepoint("aio:context-created", "context", "slots");

  /** A context is about to be freed, with its ring. */
  public static final Tracepoint CONTEXT_FREED = new Tracepoint("aio:context-freed", "context", "ring");

  /** A wake completed a request inline; 0 in the second number if by deferred put. */
  public static final Tracepoint COMPLETED_INLINE = new Tracepoint("aio:completed-inline", "kiocb", "mask");

  /** The work item completed a request. */
  public static final Tracepoint COMPLETED_BY_WORK = new Tracepoint("aio:completed-by-work", "kiocb", "mask");

  /** io_submit itself completed a request. */
  public static final Tracepoint COMPLETED_AT_SUBMIT = new Tracepoint("aio:completed-at-submit", "kiocb", "mask");

  private AioTracepoints() {}
}
