package dev.regardless.aio.scenario;

import dev.regardless.aio.RingGuard;
import dev.regardless.aio.RingRules;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;

/**
 * AIO facts B24, b2edffdd912b (4.1): either the context follows its ring and io_destroy unmaps it there, or io_destroy has the
 * context already and the ring may not be moved any more. Without the refusal the ring moves although nobody will look for it
 * at its new address: io_destroy unmaps the old one and leaves the mapping of a dead ring behind. Parameter {@code refusal}:
 * whether vm_operations_struct.mremap can refuse. The order of `dead` and the table in the kill_ioctx of then is not modelled.
 */
public final class RingMovedAgainstDestroy extends RingScenario {

  /** Made by the service loader. */
  public RingMovedAgainstDestroy() {
    super("aio-ring-moved-against-destroy", "the ring is moved while io_destroy ends its context",
        Parameters.of("refusal", "on"));
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, RingRules.OF_FILE.with(RingGuard.REFUSAL, isOn(scenario, "refusal")));
    RingPlaces places = new RingPlaces(scenario, scene.space(), scene.handle());
    Occurrences moves = Occurrences.create(scenario, "moves");
    scene.submit(0);
    scenario.thread("mover", () -> {
      long result = places.move(scene.ringBytes());
      scene.require(result == 0 || result == -Errno.EINVAL || result == -Errno.EFAULT, "mremap returned " + result);
      if (result == 0) {
        moves.add(1);
        scene.require(places.isRingOrNothing(places.to()), "what is read at the ring's new address is not the ring");
      }
    });
    scenario.thread("destroyer", scene::countDestroy);
    scenario.atEnd(() -> {
      boolean moved = moves.all() == 1;
      if (scene.destroyed() == 1) {
        scene.require(places.noRing(), "io_destroy has left the ring's mapping behind");
      } else {
        scene.require(moved && places.moved(), "io_destroy was refused, but the ring has not moved");
      }
    });
  }
}
