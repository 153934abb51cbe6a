package dev.regardless.aio;

import dev.regardless.aio.poll.AioPollDesign;
import dev.regardless.aio.poll.PollProtocol;
import dev.regardless.kernel.Kernel;
import dev.regardless.kernel.SpinLock;
import dev.regardless.machine.Machine;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.KernelObject;
import dev.regardless.memory.KmemCache;
import dev.regardless.memory.LongCell;
import dev.regardless.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file-static part of fs/aio.c on one machine: slab caches, the system-wide count of requests, and the poll design in
 * force. Made at set-up.
 */
public final class AioSubsystem extends KernelObject {

  private static final int TABLE_SIZES = 8;
  private static final int FIRST_TABLE_SIZE = 4;

  private final Vfs vfs;
  private final Kernel kernel;
  private final AioParameters parameters;
  private final RequestSlots slots;
  private final RingReader reader;
  private final AioWaiters waiters;
  private final AioCompletion completion;
  private final PollProtocol protocol;
  private final CancelFunctions cancelFunctions;
  private final AioTransfers transfers;
  private final AioFsyncs fsyncs;
  private final KmemCache<AioKiocb> kiocbs;
  private final KmemCache<KioContext> contexts;
  private final List<KmemCache<CompletionRing>> rings = new ArrayList<>();
  private final List<Integer> ringCapacities = new ArrayList<>();
  private final List<KmemCache<IoContextTable>> tables = new ArrayList<>();
  private final ContextWait[] waits;
  private final @Nullable RingFile ringFile;

  /** aio_nr_lock. */
  final SpinLock aioNrLock;

  /** aio_nr: requests that all contexts together were set up for. */
  final LongCell aioNr;

  private AioSubsystem(
      Vfs vfs,
      CellFactory cells,
      AioParameters parameters,
      AioPollDesign design,
      Map<String, String> designParameters) {
    super(cells);
    this.vfs = vfs;
    this.kernel = vfs.kernel();
    Machine machine = kernel.machine();
    this.parameters = parameters;
    this.slots = new RequestSlots(machine);
    this.reader = new RingReader(machine);
    this.waiters = new AioWaiters(kernel, reader);
    this.completion = new AioCompletion(machine, slots, waiters);
    this.aioNrLock = new SpinLock(cells, "aio_nr_lock");
    this.aioNr = new LongCell(cells, "aio_nr");
    this.protocol = design.protocol(this, designParameters);
    this.kiocbs = new KmemCache<>(machine.memory(), "aio_kiocb", shell -> new AioKiocb(shell, protocol));
    this.contexts = new KmemCache<>(machine.memory(), "kioctx", shell -> new KioContext(shell, this));
    this.cancelFunctions = new CancelFunctions(this);
    this.transfers = new AioTransfers(this);
    this.fsyncs = new AioFsyncs(this);
    makeRingCaches(machine);
    for (int i = 0; i < TABLE_SIZES; i++) {
      int size = FIRST_TABLE_SIZE << (2 * i);
      tables.add(new KmemCache<>(machine.memory(), "kioctx_table", shell -> new IoContextTable(shell, size, this)));
    }
    ringFile = parameters.rings().ofFile()
        ? kernel.create("aio_ring_file",
            shell -> new RingFile(kernel, shell, parameters.rings(), parameters.ringEvents()))
        : null;
    waits = new ContextWait[machine.maximumThreads() + 1];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = kernel.create("ctx_rq_wait", shell -> new ContextWait(kernel, shell));
    }
  }

  /**
   * aio_setup: a subsystem on a machine.
   *
   * @param designParameters values of the design's parameters, where they are not the defaults
   * @throws IllegalArgumentException if the design has no such parameter or value
   */
  public static AioSubsystem create(
      Vfs vfs, AioParameters parameters, AioPollDesign design, Map<String, String> designParameters) {
    AioSubsystem aio = vfs.kernel().create(
        "aio", cells -> new AioSubsystem(vfs, cells, parameters, design, designParameters));
    vfs.onKiocbSetCancelFn(aio.cancelFunctions::set);
    return aio;
  }

  /** One cache for each power of two of pages, or one for the exact size asked for. */
  private void makeRingCaches(Machine machine) {
    if (parameters.ringEvents() != 0) {
      addRingCache(machine, parameters.ringEvents());
      return;
    }
    long most = parameters.eventsFor(parameters.maximumRequests(), machine.cpus());
    for (long pages = 1;; pages *= 2) {
      long capacity = (pages * parameters.pageBytes() - CompletionRing.HEADER_BYTES) / CompletionRing.EVENT_BYTES;
      addRingCache(machine, Math.toIntExact(capacity));
      if (capacity >= most) {
        return;
      }
    }
  }

  private void addRingCache(Machine machine, int capacity) {
    rings.add(new KmemCache<>(machine.memory(), "aio_ring", shell -> new CompletionRing(shell, capacity)));
    ringCapacities.add(capacity);
  }

  public Kernel kernel() {
    return kernel;
  }

  public Vfs vfs() {
    return vfs;
  }

  AioParameters parameters() {
    return parameters;
  }

  /** The poll design in force. */
  public PollProtocol protocol() {
    return protocol;
  }

  /** aio_complete. */
  public AioCompletion completion() {
    return completion;
  }

  /** Accounting of ring slots. */
  public RequestSlots slots() {
    return slots;
  }

  CancelFunctions cancelFunctions() {
    return cancelFunctions;
  }

  AioTransfers transfers() {
    return transfers;
  }

  AioFsyncs fsyncs() {
    return fsyncs;
  }

  AioWaiters waiters() {
    return waiters;
  }

  /** The ctx_rq_wait of the running task. */
  ContextWait waitOfCurrent() {
    return waits[kernel.current().thread() + 1];
  }

  // ---- slab caches -----------------------------------------------------------------------------------------------------

  /** kmem_cache_alloc(kiocb_cachep, ...), which may fail. */
  @Nullable
  AioKiocb allocateKiocb() {
    return kiocbs.allocateOrNull();
  }

  /** kmem_cache_free(kiocb_cachep, ...). */
  public void freeKiocb(AioKiocb request) {
    kiocbs.free(request);
  }

  /**
   * kmem_cache_zalloc(kioctx_cachep, ...), which may fail. The counts of {@code users} and {@code reqs} and the per-CPU slots,
   * which Linux allocates one by one with the same error, are parts of the object here.
   */
  @Nullable
  KioContext allocateContext() {
    return contexts.allocateOrNull();
  }

  void freeContext(KioContext context) {
    contexts.free(context);
  }

  /** A ring with room for {@code events}: file and pages of aio_setup_ring in one; null if there is no memory. */
  @Nullable
  CompletionRing allocateRing(long events) {
    return ringsFor(events).allocateOrNull();
  }

  /** Another ring of the same size, which whoever migrates pages has allocated. */
  CompletionRing allocateRingLike(CompletionRing ring) {
    return ringsFor((ring.bytes() - CompletionRing.HEADER_BYTES) / CompletionRing.EVENT_BYTES).allocate();
  }

  private KmemCache<CompletionRing> ringsFor(long events) {
    int index = 0;
    while (ringCapacities.get(index) < events) {
      index++;
    }
    return rings.get(index);
  }

  /** The file of the one ring that there is; null if rings have none. */
  public @Nullable RingFile ringFile() {
    return ringFile;
  }

  void freeRing(CompletionRing ring) {
    machine().free(ring);
  }

  /** kzalloc of a table of at least {@code size} slots, which may fail. */
  @Nullable
  IoContextTable allocateTable(int size) {
    int index = 0;
    while (FIRST_TABLE_SIZE << (2 * index) < size) {
      index++;
    }
    return tables.get(index).allocateOrNull();
  }

  void freeTable(IoContextTable table) {
    machine().free(table);
  }
}
