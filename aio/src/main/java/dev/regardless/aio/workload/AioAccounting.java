package dev.regardless.aio.workload;

import dev.regardless.aio.AioTracepoints;
import dev.regardless.machine.Tracepoint;
import dev.regardless.scenario.ScenarioObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The exact account of an aio run, kept outside the emulated machine from the {@link AioTracepoints}: what became of each
 * request, kiocb, file reference and ring slot. Requests are numbered by their aio_data from 0.
 *
 * <p>What cannot be right is reported when it happens (an event too many, a reference too many, a ring overfilled), what is
 * missing at the end. Nothing is allocated per tracepoint, except when an object with a new, higher number appears.
 */
public final class AioAccounting implements ScenarioObserver {

  private static final byte ISSUED = 1;
  private static final byte ACCEPTED = 2;
  private static final byte POSTED = 4;
  private static final byte REAPED = 8;

  private static final byte IN_USE = 1;
  private static final byte HAS_FILE = 2;

  /** What is counted. */
  public enum Count {
    ACCEPTED,
    REFUSED,
    POSTED,
    REAPED,
    FREED,
    FILES_TAKEN,
    FILES_DROPPED,
    SLOTS_TAKEN,
    SLOTS_RETURNED,
    SLOTS_HELD_AT_FREE,
    CONTEXTS_CREATED,
    CONTEXTS_FREED,
    COMPLETED_INLINE,
    COMPLETED_BY_WORK,
    COMPLETED_AT_SUBMIT,
    ZERO_RESULTS
  }

  private final boolean drained;
  private final CycleHistogram latency = new CycleHistogram();
  private final long[] counts = new long[Count.values().length];
  private final byte[] requests;
  private final long[] issuedAt;
  /** By kiocb number, grown on demand: IN_USE, HAS_FILE. In an array, as fields are final. */
  private final byte[][] kiocbs = {new byte[1024]};
  /** By context number: slots in use, and how many there are. */
  private final long[][] slotsInUse = {new long[1024]};
  private final long[][] slots = {new long[1024]};
  /** By context number: what completed_events says, as of its last write. */
  private final long[][] slotsHeld = {new long[1024]};

  /**
   * An account of {@code requests} requests.
   *
   * @param drained whether the programs reap all that they submit
   */
  public AioAccounting(int requests, boolean drained) {
    this.requests = new byte[requests];
    this.issuedAt = new long[requests];
    this.drained = drained;
  }

  @Override
  public void runStarted() {
    Arrays.fill(counts, 0);
    Arrays.fill(requests, (byte) 0);
    Arrays.fill(kiocbs[0], (byte) 0);
    Arrays.fill(slotsInUse[0], 0);
    Arrays.fill(slots[0], 0);
    Arrays.fill(slotsHeld[0], 0);
    latency.clear();
  }

  /** How often something happened. */
  public long count(Count what) {
    return counts[what.ordinal()];
  }

  @Override
  public String passed(Tracepoint point, long first, long second, int thread, long cycles) {
    if (point == AioTracepoints.REQUEST_ISSUED) {
      return issued(first, second, cycles);
    }
    if (point == AioTracepoints.REQUEST_ACCEPTED) {
      add(Count.ACCEPTED, 1);
      return mark(first, ACCEPTED, "accepted twice");
    }
    if (point == AioTracepoints.REQUEST_REFUSED) {
      return refused(first);
    }
    if (point == AioTracepoints.EVENT_POSTED) {
      return posted(first, second, cycles);
    }
    if (point == AioTracepoints.EVENT_REAPED) {
      return reaped(first);
    }
    if (point == AioTracepoints.REQUEST_FREED) {
      return freed(first);
    }
    if (point == AioTracepoints.FILE_TAKEN) {
      return fileTaken(first);
    }
    if (point == AioTracepoints.FILE_DROPPED) {
      return fileDropped(first);
    }
    if (point == AioTracepoints.SLOT_TAKEN) {
      return slotTaken(first);
    }
    if (point == AioTracepoints.SLOTS_RETURNED) {
      return slotsReturned(first, second);
    }
    if (point == AioTracepoints.SLOTS_HELD) {
      growContexts(first);
      slotsHeld[0][(int) first] = second;
      return "";
    }
    return lessFrequent(point, first, second);
  }

  private String lessFrequent(Tracepoint point, long first, long second) {
    if (point == AioTracepoints.COMPLETED_INLINE) {
      add(Count.COMPLETED_INLINE, 1);
    } else if (point == AioTracepoints.COMPLETED_BY_WORK) {
      add(Count.COMPLETED_BY_WORK, 1);
    } else if (point == AioTracepoints.COMPLETED_AT_SUBMIT) {
      add(Count.COMPLETED_AT_SUBMIT, 1);
    } else if (point == AioTracepoints.CONTEXT_CREATED) {
      contextCreated(first, second);
    } else if (point == AioTracepoints.CONTEXT_FREED) {
      return contextFreed(first);
    }
    return "";
  }

  private void add(Count what, long amount) {
    counts[what.ordinal()] += amount;
  }

  private boolean isKnown(long id) {
    return id >= 0 && id < requests.length;
  }

  private static String unknown(long id) {
    return "data " + id + " is that of no request";
  }

  private String mark(long id, byte bit, String ifSet) {
    if (!isKnown(id)) {
      return unknown(id);
    }
    if ((requests[(int) id] & bit) != 0) {
      return "request " + id + " was " + ifSet;
    }
    requests[(int) id] |= bit;
    return "";
  }

  private String issued(long id, long kiocb, long cycles) {
    if (!isKnown(id)) {
      return unknown(id);
    }
    issuedAt[(int) id] = cycles;
    byte[] states = kiocbState(kiocb);
    if ((states[(int) kiocb] & IN_USE) != 0) {
      return "kiocb " + kiocb + " was used for a second request before it was freed";
    }
    states[(int) kiocb] |= IN_USE;
    return mark(id, ISSUED, "submitted twice");
  }

  private String refused(long id) {
    add(Count.REFUSED, 1);
    if (!isKnown(id)) {
      return unknown(id);
    }
    if ((requests[(int) id] & (POSTED | REAPED)) != 0) {
      return "request " + id + " was refused after its event had been posted";
    }
    requests[(int) id] = 0;
    return "";
  }

  private String posted(long id, long res, long cycles) {
    add(Count.POSTED, 1);
    if (res == 0) {
      add(Count.ZERO_RESULTS, 1);
    }
    if (isKnown(id)) {
      if ((requests[(int) id] & ISSUED) == 0) {
        return "request " + id + " was completed without having been submitted";
      }
      latency.add(Math.max(0, cycles - issuedAt[(int) id]));
    }
    return mark(id, POSTED, "completed twice");
  }

  private String reaped(long id) {
    add(Count.REAPED, 1);
    if (isKnown(id) && (requests[(int) id] & POSTED) == 0) {
      return "request " + id + " was reaped without having been completed";
    }
    return mark(id, REAPED, "reaped twice");
  }

  private byte[] kiocbState(long kiocb) {
    if (kiocb >= kiocbs[0].length) {
      kiocbs[0] = Arrays.copyOf(kiocbs[0], Math.max((int) kiocb + 1, kiocbs[0].length * 2));
    }
    return kiocbs[0];
  }

  private String freed(long kiocb) {
    add(Count.FREED, 1);
    byte[] states = kiocbState(kiocb);
    boolean leaks = (states[(int) kiocb] & HAS_FILE) != 0;
    states[(int) kiocb] = 0;
    return leaks ? "kiocb " + kiocb + " was freed with a reference to its file" : "";
  }

  private String fileTaken(long kiocb) {
    add(Count.FILES_TAKEN, 1);
    byte[] states = kiocbState(kiocb);
    if ((states[(int) kiocb] & HAS_FILE) != 0) {
      return "kiocb " + kiocb + " took a second reference to its file";
    }
    states[(int) kiocb] |= HAS_FILE;
    return "";
  }

  private String fileDropped(long kiocb) {
    add(Count.FILES_DROPPED, 1);
    byte[] states = kiocbState(kiocb);
    if ((states[(int) kiocb] & HAS_FILE) == 0) {
      return "kiocb " + kiocb + " dropped a reference to its file that it did not have";
    }
    states[(int) kiocb] &= ~HAS_FILE;
    return "";
  }

  private void growContexts(long context) {
    if (context >= slots[0].length) {
      int size = Math.max((int) context + 1, slots[0].length * 2);
      slots[0] = Arrays.copyOf(slots[0], size);
      slotsInUse[0] = Arrays.copyOf(slotsInUse[0], size);
      slotsHeld[0] = Arrays.copyOf(slotsHeld[0], size);
    }
  }

  private void contextCreated(long context, long available) {
    add(Count.CONTEXTS_CREATED, 1);
    growContexts(context);
    slots[0][(int) context] = available;
    slotsInUse[0][(int) context] = 0;
    slotsHeld[0][(int) context] = 0;
  }

  /** With no request left, a slot is either back or still held by an event: one that is neither is lost. */
  private String contextFreed(long context) {
    add(Count.CONTEXTS_FREED, 1);
    growContexts(context);
    long used = slotsInUse[0][(int) context];
    long held = slotsHeld[0][(int) context];
    add(Count.SLOTS_HELD_AT_FREE, held);
    return used == held
        ? ""
        : "context %d was freed with %d ring slots taken and not returned, %d of them held by events"
            .formatted(context, used, held);
  }

  private String slotTaken(long context) {
    add(Count.SLOTS_TAKEN, 1);
    growContexts(context);
    long used = ++slotsInUse[0][(int) context];
    long available = slots[0][(int) context];
    return used > available ? "context %d has %d ring slots in use of %d".formatted(context, used, available) : "";
  }

  private String slotsReturned(long context, long amount) {
    add(Count.SLOTS_RETURNED, amount);
    growContexts(context);
    long used = slotsInUse[0][(int) context] -= amount;
    return used < 0 ? "context %d returned %d ring slots more than were taken".formatted(context, -used) : "";
  }

  @Override
  public List<String> runEnded() {
    List<String> wrong = new ArrayList<>();
    checkRequests(wrong);
    long finished = count(Count.ACCEPTED) + count(Count.REFUSED);
    equal(wrong, "accepted", Count.ACCEPTED, "polls to be made", requests.length);
    equal(wrong, "freed", Count.FREED, "requests accepted or refused", finished);
    equal(wrong, "events posted", Count.POSTED, "requests accepted", count(Count.ACCEPTED));
    equal(wrong, "file references dropped", Count.FILES_DROPPED, "taken", count(Count.FILES_TAKEN));
    equal(wrong, "ring slots taken", Count.SLOTS_TAKEN, "requests accepted or refused", finished);
    equal(wrong, "contexts freed", Count.CONTEXTS_FREED, "set up", count(Count.CONTEXTS_CREATED));
    long refilled = count(Count.SLOTS_RETURNED) - count(Count.REFUSED);
    if (refilled > count(Count.REAPED)) {
      wrong.add("%d ring slots were returned for events, but only %d were reaped."
          .formatted(refilled, count(Count.REAPED)));
    }
    long unread = count(Count.POSTED) - count(Count.REAPED);
    if (count(Count.SLOTS_HELD_AT_FREE) < unread) {
      wrong.add("%d events were left in the rings, but only %d slots held for them."
          .formatted(unread, count(Count.SLOTS_HELD_AT_FREE)));
    }
    return wrong;
  }

  private void checkRequests(List<String> wrong) {
    long lost = 0;
    int first = -1;
    for (int id = 0; id < requests.length; id++) {
      int state = requests[id];
      boolean owed = (state & ACCEPTED) != 0;
      boolean missing = owed ? (state & POSTED) == 0 || (drained && (state & REAPED) == 0) : state != 0;
      if (missing && lost++ == 0) {
        first = id;
      }
    }
    if (lost > 0) {
      wrong.add("%d requests have no event, or one without having been accepted; the first is %d (state %d)."
          .formatted(lost, first, requests[first]));
    }
  }

  private void equal(List<String> wrong, String what, Count counted, String other, long expected) {
    if (count(counted) != expected) {
      wrong.add("%s: %d, but %s: %d.".formatted(what, count(counted), other, expected));
    }
  }

  @Override
  public void report(Report report) {
    report.unit("completion", count(Count.POSTED));
    for (Count count : Count.values()) {
      report.count(count.name().toLowerCase(Locale.ROOT).replace('_', '-'), count(count));
    }
    latency.report("submit-to-event", report);
  }
}
