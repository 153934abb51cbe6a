package org.example.doorbell;

import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.File;
import dev.regardless.vfs.PollEvents;
import dev.regardless.vfs.Vfs;

/** Two visitors ring; in the end the bell rings. */
public final class TwoRingsScenario implements Scenario {

  @Override
  public String name() {
    return "doorbell-two-rings";
  }

  @Override
  public String description() {
    return "two visitors ring the same doorbell";
  }

  @Override
  public void setUp(ScenarioContext context) {
    Vfs vfs = new Vfs(new Kernel(context.machine()));
    Doorbell doorbell = new Doorbell(vfs);
    File file = doorbell.open();
    context.thread("visitor", () -> doorbell.ring(file));
    context.thread("another", () -> doorbell.ring(file));
    context.atEnd(() -> {
      if (vfs.poll(file, null) != PollEvents.IN) {
        context.machine().violation(PropertyKind.INVARIANT, "the bell is silent");
      }
    });
  }
}
