package dev.regardless.aio.workload;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.AwaitCondition;
import dev.regardless.machine.ThreadKind;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.AttachedDriver;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.PollSource;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One process whose tasks poll, make ready, cancel, close and reap as {@link AioWorkloadParameters} say. A first task opens
 * the files and sets up the contexts; when the last poller has left it destroys the contexts and closes the files. The
 * account must add up ({@link AioAccounting}).
 */
public final class AioWorkload implements Scenario {

  private final @Nullable AioWorkloadParameters given;

  /** The workload as configuration describes it: its parameters are those of the scenario. */
  public AioWorkload() {
    this.given = null;
  }

  /** The workload with parameters of its own; those of the scenario are not looked at. */
  public AioWorkload(AioWorkloadParameters parameters) {
    this.given = parameters;
  }

  @Override
  public String name() {
    return "aio-poll";
  }

  @Override
  public String description() {
    return "pollers, writers, cancellers, closers and reapers of one process, with exact accounts";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return WorkloadConfiguration.defaults();
  }

  @Override
  public void setUp(ScenarioContext scenario) {
    AioWorkloadParameters parameters = given != null ? given : WorkloadConfiguration.of(scenario);
    scenario.observe(new AioAccounting(parameters.requests(), parameters.drain()));
    Kernel kernel = new Kernel(scenario.machine());
    Vfs vfs = new Vfs(kernel);
    AioSubsystem aio = AioSubsystem.create(
        vfs, parameters.aio(), AioPollDesigns.named(parameters.design()), parameters.designParameters());
    FileTable files = scenario.create("files_struct",
        cells -> new FileTable(vfs, cells, 4 * parameters.fileCount() + 16));
    List<PollSource> sources = makeSources(parameters, vfs, new FileSystemCalls(vfs, files));
    UserPages handles = scenario.create("contexts", cells -> new UserPages(cells, parameters.contexts()));
    List<PollerMemory> pollers = new ArrayList<>();
    for (int i = 0; i < parameters.pollers(); i++) {
      pollers.add(scenario.create(
          "poller_memory", cells -> new PollerMemory(cells, parameters.depth(), parameters.batch())));
    }
    List<UserPages> buffers = new ArrayList<>();
    for (int i = 0; i < parameters.pollers() + parameters.reapers(); i++) {
      buffers.add(scenario.create("event_buffer", cells -> new UserPages(cells, Reaping.bufferWords(parameters))));
    }
    List<UserPages> mappings = new ArrayList<>(pollers);
    mappings.addAll(buffers);
    mappings.add(handles);
    AddressSpace mm = scenario.create(
        "mm_struct", cells -> new AddressSpace(kernel, cells, mappings, parameters.contexts()));
    WorkloadControl control = scenario.create("control", WorkloadControl::new);
    Workplace place = new Workplace(
        parameters, kernel, new AioSyscalls(aio, mm, files), mm, control, handles, List.copyOf(pollers), sources);
    addThreads(scenario, place, buffers);
  }

  private static List<PollSource> makeSources(AioWorkloadParameters parameters, Vfs vfs, FileSystemCalls calls) {
    List<AttachedDriver> drivers = new ArrayList<>();
    for (AioWorkloadParameters.FileKind kind : parameters.files()) {
      drivers.add(kind.driver().attach(vfs, kind.settings()));
    }
    List<PollSource> sources = new ArrayList<>();
    for (int i = 0; i < parameters.fileCount(); i++) {
      sources.add(drivers.get(i % drivers.size()).source("file-" + i, calls));
    }
    return List.copyOf(sources);
  }

  private static void addThreads(ScenarioContext scenario, Workplace place, List<UserPages> buffers) {
    AioWorkloadParameters parameters = place.parameters();
    scenario.thread("main", ThreadKind.TASK, 0, () -> runMain(place));
    for (int i = 0; i < parameters.pollers(); i++) {
      Reaping reaping = new Reaping(place, i % parameters.contexts(), buffers.get(i));
      scenario.thread("poller-" + i, new Poller(place, i, reaping));
    }
    for (int i = 0; i < parameters.writers(); i++) {
      scenario.thread("writer-" + i, Helpers.writer(place, i));
    }
    for (int i = 0; i < parameters.cancellers(); i++) {
      scenario.thread("canceller-" + i, Helpers.canceller(place, i));
    }
    for (int i = 0; i < parameters.closers(); i++) {
      scenario.thread("closer-" + i, Helpers.closer(place, i));
    }
    for (int i = 0; i < parameters.reapers(); i++) {
      scenario.thread("reaper-" + i, Helpers.reaper(place, i, buffers.get(parameters.pollers() + i)));
    }
  }

  private static void runMain(Workplace place) {
    AioWorkloadParameters parameters = place.parameters();
    for (PollSource source : place.sources()) {
      int fd = source.open();
      if (fd < 0) {
        place.unexpected("open", fd);
      }
    }
    for (int i = 0; i < parameters.contexts(); i++) {
      long result;
      do {
        result = place.aio().ioSetup(
            parameters.contextRequests(), place.mm().addressOf(place.handles(), (long) i * Long.BYTES));
      } while (result == -Errno.ENOMEM); // only by an injected fault
      if (result != 0) {
        place.unexpected("io_setup", result);
      }
    }
    WorkloadControl control = place.control();
    control.pollersLeft.set(parameters.pollers());
    int programs = parameters.pollers() + parameters.writers() + parameters.cancellers() + parameters.closers()
        + parameters.reapers();
    control.programsLeft.set(programs);
    control.started.storeRelease(1);
    // A program that reaps from the ring itself must have left before the ring goes away.
    awaitNone(place, parameters.ringReaping() ? control.programsLeft.location() : control.pollersLeft.location());
    for (int i = 0; i < parameters.contexts(); i++) {
      long result = place.aio().ioDestroy(place.handle(i));
      if (result != 0) {
        place.unexpected("io_destroy", result);
      }
    }
    awaitNone(place, control.programsLeft.location());
    for (PollSource source : place.sources()) {
      source.close();
    }
  }

  private static void awaitNone(Workplace place, int location) {
    place.kernel().barriers().conditionalLoadAcquire(location, AwaitCondition.EQUAL, 0);
  }
}
