package dev.regardless.aio.scenario;

import dev.regardless.aio.RingFile;
import dev.regardless.aio.RingMigration;
import dev.regardless.aio.RingRules;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.Errno;
import java.util.Objects;

/**
 * AIO facts B24: the ring's page migrates while io_destroy ends its context (put_aio_ring_file). Either there is no page left
 * to migrate, or the context stays until its page has moved, and the new page is freed with it.
 */
public final class RingMigratedAgainstDestroy extends RingScenario {

  /** Made by the service loader. */
  public RingMigratedAgainstDestroy() {
    super("aio-ring-migrated-against-destroy", "the ring's page migrates while its context is destroyed",
        Parameters.of());
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    Scene scene = new Scene(scenario, RingRules.OF_FILE);
    RingFile file = Objects.requireNonNull(scene.subsystem().ringFile());
    RingMigration migration = new RingMigration(scene.subsystem());
    scene.submit(0);
    scenario.thread("migrator", () -> {
      long result = migration.migrate(file);
      scene.require(result == 0 || result == -Errno.EINVAL, "migration returned " + result);
    });
    scenario.thread("destroyer", () -> scene.require(scene.destroy() == 0, "io_destroy failed"));
  }
}
