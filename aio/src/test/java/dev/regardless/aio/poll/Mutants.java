package dev.regardless.aio.poll;

import dev.regardless.aio.AioKiocb;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.FinalPutLife;
import dev.regardless.aio.Iocb;
import dev.regardless.aio.KioContext;
import dev.regardless.aio.RequestLife;
import dev.regardless.kernel.WaitQueueHead;
import dev.regardless.vfs.FileTable;
import java.util.Map;

/** Designs with one step broken each; public, since the service loader makes them. */
public final class Mutants {

  private Mutants() {}

  /** A broken design. */
  abstract static class Mutant implements AioPollDesign {
    private final String name;

    Mutant(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String description() {
      return "broken on purpose";
    }

    @Override
    public PollProtocol protocol(AioSubsystem aio, Map<String, String> values) {
      return protocol(aio);
    }

    abstract PollProtocol protocol(AioSubsystem aio);
  }

  /** 5.1 with one reference at birth. */
  public static final class OneReference extends Mutant {
    public OneReference() {
      super("mutant-one-reference");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      RequestLife life = new FinalPutLife(aio) {
        @Override
        public void begin(AioKiocb request) {
          request.refs.set(1);
        }
      };
      return new DoneFlagPoll.Protocol(aio, EventfdDeferral.INLINE, false) {
        @Override
        public RequestLife life() {
          return life;
        }
      };
    }
  }

  /** 5.1 whose work item does not look again whether the request was cancelled. */
  public static final class NoSecondLook extends Mutant {
    public NoSecondLook() {
      super("mutant-no-second-look");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new DoneFlagPoll.Protocol(aio, EventfdDeferral.INLINE, false) {
        @Override
        public void work(AioKiocb request) {
          DoneFlagPoll.Request poll = poll(request);
          KioContext context = request.context.read();
          boolean cancelled = poll.cancelled.readOnce();
          long mask = cancelled ? 0 : pollOnly(request);
          context.ctxLock.lockIrqsave();
          if (mask == 0 && !cancelled) {
            poll.head.read().addWaitQueue(poll.wait);
            context.ctxLock.unlockIrqrestore();
            return;
          }
          request.list.deleteInit();
          request.result.res.write(mangle(mask));
          poll.done.write(true);
          context.ctxLock.unlockIrqrestore();
          life().put(request);
        }
      };
    }
  }

  /** The proposal of March 2019 that returns an error although the request is in other hands. */
  public static final class ErrorAfterHandOver extends Mutant {
    public ErrorAfterHandOver() {
      super("mutant-error-after-hand-over");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new StolenReferencePoll.Protocol(aio) {
        @Override
        protected long poll(AioKiocb request, Iocb iocb, FileTable files) {
          long result = super.poll(request, iocb, files);
          return result == 0 && queueError() != 0 ? queueError() : result;
        }
      };
    }
  }

  /** 5.1 whose wake does not say that it is done. */
  public static final class NotDone extends Mutant {
    public NotDone() {
      super("mutant-not-done");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new DoneFlagPoll.Protocol(aio, EventfdDeferral.INLINE, false) {
        @Override
        public boolean wake(AioKiocb request, long key) {
          KioContext context = request.context.read();
          if (key == 0 || !context.ctxLock.tryLockIrqsave()) {
            return super.wake(request, key);
          }
          dequeue(request.poll);
          request.list.delete();
          request.result.res.write(mangle(key));
          context.ctxLock.unlockIrqrestore();
          life().put(request);
          return true;
        }
      };
    }
  }

  /** 5.16 whose work item forgets that another wake came meanwhile. */
  public static final class WakeForgotten extends Mutant {
    public WakeForgotten() {
      super("mutant-wake-forgotten");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new AlwaysQueuedPoll.Protocol(aio, EventfdDeferral.DEFERRED, false) {
        @Override
        void rest(AlwaysQueuedPoll.Request poll) {
          poll.workNeedResched.write(false);
          poll.workScheduled.write(false);
        }
      };
    }
  }

  /** 5.16 whose cancel forgets to say that the request was cancelled. */
  public static final class CancelForgotten extends Mutant {
    public CancelForgotten() {
      super("mutant-cancel-forgotten");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new AlwaysQueuedPoll.Protocol(aio, EventfdDeferral.DEFERRED, false) {
        @Override
        public long cancel(AioKiocb request) {
          AlwaysQueuedPoll.Request poll = poll(request);
          if (lockQueue(poll)) {
            if (!poll.workScheduled.read()) {
              kernel().scheduleWork(poll.work);
              poll.workScheduled.write(true);
            }
            unlockQueue(poll);
          }
          return 0;
        }
      };
    }
  }

  /** 5.1 whose cancel leaves the entry on the queue. */
  public static final class CancelledStaysQueued extends Mutant {
    public CancelledStaysQueued() {
      super("mutant-cancelled-stays-queued");
    }

    @Override
    PollProtocol protocol(AioSubsystem aio) {
      return new DoneFlagPoll.Protocol(aio, EventfdDeferral.INLINE, false) {
        @Override
        public long cancel(AioKiocb request) {
          WaitQueueHead head = request.poll.head.read();
          head.lock().lock();
          request.poll.cancelled.writeOnce(true);
          if (isQueued(request.poll)) {
            kernel().scheduleWork(request.poll.work);
          }
          head.lock().unlock();
          return 0;
        }
      };
    }
  }
}
