package dev.regardless.aio.scenario;

import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import java.util.SortedMap;

/** Who waits for events of a context that is destroyed is told so: dead, then wake | queue, then dead. */
public final class DestroyAgainstGetevents implements Scenario {

  /** Made by the service loader. */
  public DestroyAgainstGetevents() {}

  @Override
  public String name() {
    return "aio-destroy-against-getevents";
  }

  @Override
  public String description() {
    return "io_destroy while io_getevents goes to sleep";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("design", "linux-5.16", "references", "per-cpu");
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    RingScene scene = new RingScene(scenario, 3, scenario.parameter("references"));
    scenario.thread("reader", () -> {
      long got = scene.await();
      scene.require(got == -Errno.EINVAL, "io_getevents returned " + got);
    });
    scenario.thread("destroyer", () -> scene.require(scene.destroy() == 0, "io_destroy failed"));
  }
}
