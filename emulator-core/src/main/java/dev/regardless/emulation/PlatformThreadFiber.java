package dev.regardless.emulation;

import java.util.concurrent.Semaphore;

/** The fallback where continuations are not exported: a thread that runs only while its owner waits. Slow. */
final class PlatformThreadFiber extends Fiber {

  private final Semaphore toBody = new Semaphore(0);
  private final Semaphore toOwner = new Semaphore(0);
  private final Thread thread;
  private boolean started;
  private volatile boolean abandoned;

  PlatformThreadFiber(Runnable body) {
    this.thread = Thread.ofPlatform()
        .daemon()
        .name("emulated-thread")
        .unstarted(
            () -> {
              toBody.acquireUninterruptibly();
              try {
                if (!abandoned) {
                  body.run();
                }
              } catch (EmulationStop e) {
                // Abandoned: nobody waits for this thread any more.
              } finally {
                toOwner.release();
              }
            });
  }

  @Override
  void resume() {
    if (!started) {
      started = true;
      thread.start();
    }
    toBody.release();
    toOwner.acquireUninterruptibly();
  }

  @Override
  void suspend() {
    toOwner.release();
    toBody.acquireUninterruptibly();
    if (abandoned) {
      throw EmulationStop.INSTANCE;
    }
  }

  @Override
  void abandon() {
    abandoned = true;
    if (started) {
      toBody.release();
    }
  }
}
