package dev.regardless.aio.scenario;

import dev.regardless.aio.AioParameters;
import dev.regardless.scenario.ScenarioContext;

/**
 * AIO facts B25: once io_destroy has returned, the program's buffers are its own. Parameter {@code destroy}: {@code waits}
 * for the last request, or {@code returns} at once, as from 3.11 until e02ba72aabfa (3.15).
 */
public final class BufferAfterDestroy extends TransferScenario {

  private static final long OWN = 7;

  private enum Destroy {
    WAITS, RETURNS
  }

  /** Made by the service loader. */
  public BufferAfterDestroy() {
    super("aio-buffer-after-destroy", "a buffer is used again after io_destroy, with a read into it under way",
        "destroy", "waits");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    boolean waits = choice(scenario, Destroy.values()) == Destroy.WAITS;
    Scene scene = new Scene(scenario, (AioParameters each) -> each.withDestroyWaits(waits));
    SceneDevice device = scenario.create("device", SceneDevice::new);
    int fd = scene.open(scenario.create("device_fops", SceneDevice.Operations::new), device);
    scene.submit(0, scene.readInto(0, fd));
    scenario.thread("destroyer", () -> {
      scene.require(scene.destroy() == 0, "io_destroy failed");
      scene.setBuffer(OWN);
    });
    scenario.thread("device", device::transfer);
    scenario.atEnd(() -> scene.checkBuffer(OWN));
  }
}
