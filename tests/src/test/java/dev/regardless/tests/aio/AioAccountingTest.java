package dev.regardless.tests.aio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regardless.aio.AioTracepoints;
import dev.regardless.aio.workload.AioAccounting;
import dev.regardless.machine.Tracepoint;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The account of an aio run, fed by hand: what balances passes in silence, everything else has its own sentence. */
class AioAccountingTest {
  private static final int CONTEXT = 3;
  private static final int KIOCB = 7;
  private final AioAccounting account = new AioAccounting(1, false);

  @BeforeEach
  void start() {
    account.runStarted();
    pass(AioTracepoints.CONTEXT_CREATED, CONTEXT, 4);
  }

  @Test
  void aPollWhoseEventStaysInTheRingBalances() {
    pollOnce();
    pass(AioTracepoints.SLOTS_HELD, CONTEXT, 1);
    pass(AioTracepoints.CONTEXT_FREED, CONTEXT, 0);
    assertEquals(List.of(), account.runEnded());
  }

  @Test
  void aPollWhoseEventWasReapedAndSlotReturnedBalances() {
    pollOnce();
    pass(AioTracepoints.SLOTS_HELD, CONTEXT, 1);
    pass(AioTracepoints.EVENT_REAPED, 0, 1);
    pass(AioTracepoints.SLOTS_HELD, CONTEXT, 0);
    pass(AioTracepoints.SLOTS_RETURNED, CONTEXT, 1);
    pass(AioTracepoints.CONTEXT_FREED, CONTEXT, 0);
    assertEquals(List.of(), account.runEnded());
  }

  @Test
  void aSlotNeitherReturnedNorHeldIsLost() {
    pollOnce();
    pass(AioTracepoints.SLOTS_HELD, CONTEXT, 0);
    assertEquals("context 3 was freed with 1 ring slots taken and not returned, 0 of them held by events",
        account.passed(AioTracepoints.CONTEXT_FREED, CONTEXT, 0, 0, 0));
  }

  @Test
  void aSlotReturnedWhileItsEventIsInTheRingIsMissed() {
    pollOnce();
    pass(AioTracepoints.SLOTS_HELD, CONTEXT, 0);
    pass(AioTracepoints.SLOTS_RETURNED, CONTEXT, 1);
    pass(AioTracepoints.CONTEXT_FREED, CONTEXT, 0);
    assertEquals(
        List.of("1 ring slots were returned for events, but only 0 were reaped.",
            "1 events were left in the rings, but only 0 slots held for them."),
        account.runEnded());
  }

  @Test
  void aSlotReturnedTwiceIsTold() {
    pollOnce();
    pass(AioTracepoints.SLOTS_RETURNED, CONTEXT, 1);
    assertEquals("context 3 returned 1 ring slots more than were taken",
        account.passed(AioTracepoints.SLOTS_RETURNED, CONTEXT, 1, 0, 0));
  }

  private void pollOnce() {
    pass(AioTracepoints.SLOT_TAKEN, CONTEXT, 1);
    pass(AioTracepoints.REQUEST_ISSUED, 0, KIOCB);
    pass(AioTracepoints.FILE_TAKEN, KIOCB, 0);
    pass(AioTracepoints.REQUEST_ACCEPTED, 0, KIOCB);
    pass(AioTracepoints.EVENT_POSTED, 0, 1);
    pass(AioTracepoints.FILE_DROPPED, KIOCB, 0);
    pass(AioTracepoints.REQUEST_FREED, KIOCB, 0);
  }

  private void pass(Tracepoint point, long first, long second) {
    assertEquals("", account.passed(point, first, second, 0, 0));
  }
}
