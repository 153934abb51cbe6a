package dev.regardless.aio.scenario;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.RingGuard;
import dev.regardless.aio.RingRules;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.UserPages;
import java.util.List;

/**
 * AIO facts B24, the child of a fork, which has no contexts (mm_init_aio). Up to April 2026 it had the parent's ring all the
 * same ({@code fork=inherits}), could read it, and moving it followed a null table (81e9d6f86476, 6.2: {@code
 * table-check=off}). With the table checked the move is refused; but a page fault of the child while the parent destroys the
 * context ({@code parent=destroys}) finds neither the end of the file nor its page, and calls a read_folio that aio has not.
 * VM_DONTCOPY ended that (c03ce4173c7b, {@code fork=excludes}).
 */
public final class RingInherited extends RingScenario {

  /** Made by the service loader. */
  public RingInherited() {
    super("aio-ring-inherited", "the child of a fork reads and moves the ring of its parent",
        Parameters.of("fork", "excludes", "table-check", "on", "parent", "destroys"));
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    boolean inherits = is(scenario, "fork", "inherits", "excludes");
    boolean destroys = is(scenario, "parent", "destroys", "polls");
    Scene scene = new Scene(scenario, RingRules.OF_FILE.copiedByFork(inherits)
        .with(RingGuard.TABLE, isOn(scenario, "table-check")));
    scene.submit(0);
    AddressSpace child = scenario.create("child_mm_struct", cells -> new AddressSpace(scene.vfs().kernel(), cells,
        List.of(scenario.create("child_memory", pages -> new UserPages(pages, 1))), 2));
    AioSyscalls childAio = new AioSyscalls(scene.subsystem(), child, scene.files());
    child.space().addOwner(childAio::moved);
    RingPlaces places = new RingPlaces(scenario, scene.space(), scene.handle()).in(child.space());
    scene.require(child.space().isMappedAt(scene.handle()) == inherits, "what fork copies");

    scenario.thread("child", () -> {
      RingView view = new RingView(scene, child.space(), scene.handle());
      if (inherits && !destroys) {
        view.checkPublished();
      } else {
        scene.require(places.isRingOrNothing(scene.handle()), "what the child reads is not the ring");
      }
      long result = places.move(scene.ringBytes());
      scene.require(result == (inherits ? -Errno.EINVAL : -Errno.EFAULT), "the child's mremap returned " + result);
    });
    scenario.thread("parent", () -> {
      if (destroys) {
        scene.countDestroy();
      } else {
        scene.file().raise(0, PollEvents.IN, PollEvents.IN);
      }
    });
    scenario.atEnd(() -> {
      if (destroys) {
        scene.require(scene.destroyed() == 1, "io_destroy failed");
      } else {
        scene.check(1, PollEvents.IN, false);
      }
    });
  }
}
