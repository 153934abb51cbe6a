package dev.regardless.aio.scenario;

import dev.regardless.aio.RingFile;
import dev.regardless.aio.RingGuard;
import dev.regardless.aio.RingMigration;
import dev.regardless.aio.RingRules;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.PollEvents;
import java.util.List;
import java.util.Objects;

/**
 * AIO facts B24: the ring's page migrates (aio_migrate_folio) while an event is posted and taken. No event is lost or torn, it
 * is taken once, and nobody uses the old page after it was freed. {@code completion-lock=off}: the page is copied without
 * completion_lock, so an event may be posted to the old one. {@code ring-lock=off}: without ring_lock, so a reader in the
 * kernel may advance head in the old one (before fa8a53c39f3f, 3.15). {@code reader}: io_getevents ({@code kernel}), the program
 * by itself ({@code user}), which waits while its page has no translation, or {@code none}.
 */
public final class RingMigrated extends RingScenario {

  /** Made by the service loader. */
  public RingMigrated() {
    super("aio-ring-migrated", "the ring's page migrates while an event is posted and taken",
        Parameters.of("completion-lock", "on", "ring-lock", "on", "reader", "kernel"));
  }

  private static RingRules rules(ScenarioContext scenario) {
    return RingRules.OF_FILE.with(RingGuard.COMPLETION_LOCK, isOn(scenario, "completion-lock"))
        .with(RingGuard.RING_LOCK, isOn(scenario, "ring-lock"));
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    String reader = scenario.parameter("reader");
    if (!List.of("kernel", "user", "none").contains(reader)) {
      throw new IllegalArgumentException("parameter reader: expected kernel, user or none, got '%s'".formatted(reader));
    }
    boolean inKernel = reader.equals("kernel");
    Scene scene = new Scene(scenario, rules(scenario));
    RingFile file = Objects.requireNonNull(scene.subsystem().ringFile());
    RingMigration migration = new RingMigration(scene.subsystem());
    Occurrences takings = Occurrences.create(scenario, "takings");
    scene.submit(0);
    scenario.thread("waker", () -> scene.file().raise(0, PollEvents.IN, PollEvents.IN));
    if (inKernel) {
      scenario.thread("reader", () -> {
        long taken = scene.tryGetEvent();
        scene.require(taken >= 0, "io_getevents returned " + taken);
        takings.add(taken);
      });
    } else if (reader.equals("user")) {
      scenario.thread("reader", () -> {
        RingView view = new RingView(scene, scene.space(), scene.handle());
        if (view.checkPublished()) {
          view.advanceHead();
          takings.add(1);
        }
      });
    }
    scenario.thread("migrator", () -> {
      long result = migration.migrate(file);
      scene.require(result == 0 || (inKernel && result == -Errno.EAGAIN), "migration returned " + result);
    });
    scenario.atEnd(() -> {
      scene.checkAllCompleted(1);
      scene.check(1, PollEvents.IN, false);
      scene.checkHead(takings.all());
    });
  }
}
