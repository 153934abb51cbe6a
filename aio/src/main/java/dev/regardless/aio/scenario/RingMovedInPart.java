package dev.regardless.aio.scenario;

import dev.regardless.aio.CompletionRing;
import dev.regardless.aio.RingGuard;
import dev.regardless.aio.RingRules;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;

/**
 * AIO facts B24, 3adf7ae18bf4 (April 2026): only a whole ring may move. If its first page alone does ({@code
 * whole-check=off}), the mapping is cut in two, the context follows the first half, and io_destroy unmaps that one: the other
 * half is an orphan. Who touches it while the context goes finds a file that has not ended but has no page, and aio has no
 * read_folio to get it; the commit tells of any later access, but once the file has ended (i_size 0) filemap_fault answers
 * SIGBUS. The cut is between header and events; that io_destroy also unmaps what follows the new place, which the commit
 * names too, cannot be seen here, as mappings are far apart.
 */
public final class RingMovedInPart extends RingScenario {

  /** Made by the service loader. */
  public RingMovedInPart() {
    super("aio-ring-moved-in-part", "a part of the ring is moved, then its context is destroyed",
        Parameters.of("whole-check", "on"));
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    boolean checked = isOn(scenario, "whole-check");
    Scene scene = new Scene(scenario, RingRules.OF_FILE.with(RingGuard.WHOLE, checked));
    RingPlaces places = new RingPlaces(scenario, scene.space(), scene.handle());
    scene.submit(0);
    scenario.thread("program", () -> {
      long data = scene.space().load(scene.handle() + CompletionRing.HEADER_BYTES, Long.BYTES);
      scene.require(data == 0, "the first event's data is " + data);
    });
    scenario.thread("destroyer", () -> {
      long result = places.move(CompletionRing.HEADER_BYTES);
      scene.require(result == (checked ? -Errno.EINVAL : 0), "mremap returned " + result);
      scene.require(!checked || places.nothingMoved(), "mremap was refused, but something has moved");
      long handle = checked ? scene.handle() : places.to();
      scene.require(scene.destroy(handle) == 0, "io_destroy failed");
    });
    if (checked) {
      scenario.atEnd(() -> scene.require(places.noRing(), "io_destroy has left the ring's mapping behind"));
    }
  }
}
