package dev.regardless.aio.workload;

import dev.regardless.aio.AddressSpace;
import dev.regardless.aio.AioParameters;
import dev.regardless.aio.AioSubsystem;
import dev.regardless.aio.AioSyscalls;
import dev.regardless.aio.IocbLayout;
import dev.regardless.aio.poll.AioPollDesigns;
import dev.regardless.kernel.Kernel;
import dev.regardless.machine.PropertyKind;
import dev.regardless.machine.Tracepoint;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;
import dev.regardless.scenario.Parameters;
import dev.regardless.scenario.Scenario;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.scenario.ScenarioObserver;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.File;
import dev.regardless.vfs.FileOperations;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.Kiocb;
import dev.regardless.vfs.OpenFlags;
import dev.regardless.vfs.UserBuffer;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.Vfs;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * What one request of each opcode costs: one task that submits and takes requests one by one, on a file that does nothing
 * itself, so that what is counted is aio. Parameters: {@code opcode}, {@code requests}, {@code design}.
 */
public final class AioOpcodes implements Scenario {

  private static final List<String> OPCODES = List.of("pread", "pwrite", "fsync", "fdsync", "4", "poll", "noop",
      "preadv", "pwritev");

  private static final int IOCB = 1;
  private static final int POINTER = 10;
  private static final int EVENT = 11;
  private static final int IOVEC = 16;
  private static final int DATA = 20;
  private static final int WORDS = 32;
  private static final long BYTES = 64;

  /** Made by the service loader. */
  public AioOpcodes() {}

  @Override
  public String name() {
    return "aio-opcodes";
  }

  @Override
  public String description() {
    return "io_submit and io_getevents of one opcode, again and again, on a file that costs nothing";
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Parameters.of("opcode", "pread", "requests", "1000", "design", "linux-5.16");
  }

  @Override
  public void setUp(ScenarioContext context) {
    int opcode = OPCODES.indexOf(context.parameter("opcode"));
    if (opcode < 0 || opcode == 4 || opcode == IocbLayout.IOCB_CMD_NOOP) {
      throw new IllegalArgumentException(
          "parameter opcode: expected one of pread, pwrite, preadv, pwritev, fsync, fdsync, poll, got '%s'"
              .formatted(context.parameter("opcode")));
    }
    int requests = Parameters.number(context, "requests", 1, 10_000_000);
    Kernel kernel = new Kernel(context.machine());
    Vfs vfs = new Vfs(kernel);
    FileTable files = context.create("files_struct", cells -> new FileTable(vfs, cells, 1));
    FileOperations operations = context.create("idle_fops", IdleFile::new);
    files.install(vfs.openFile(operations, operations, OpenFlags.MODE_READ | OpenFlags.MODE_WRITE, 0));
    UserPages memory = context.create("memory", cells -> new UserPages(cells, WORDS));
    AddressSpace mm = context.create("mm", cells -> new AddressSpace(kernel, cells, List.of(memory), 1));
    AioSubsystem subsystem = AioSubsystem.create(
        vfs, AioParameters.DEFAULT, AioPollDesigns.named(context.parameter("design")), Collections.emptySortedMap());
    Caller caller = new Caller(context, new AioSyscalls(subsystem, mm, files), mm, memory);
    caller.setUp(opcode);
    context.observe(new Count(requests));
    context.thread("caller", () -> caller.run(requests));
  }

  /** Nothing is read or written, at once. */
  private static final class IdleFile extends FileOperations {
    IdleFile(CellFactory cells) {
      super(cells);
    }

    @Override
    public boolean hasRead() {
      return true;
    }

    @Override
    public long read(Kiocb iocb, UserBuffer buffer) {
      return buffer.length();
    }

    @Override
    public boolean hasWrite() {
      return true;
    }

    @Override
    public long write(Kiocb iocb, UserBuffer buffer) {
      return buffer.length();
    }

    @Override
    public boolean hasFsync() {
      return true;
    }

    @Override
    public long fsync(File file, boolean dataOnly) {
      return 0;
    }
  }

  private record Caller(ScenarioContext context, AioSyscalls aio, AddressSpace mm, UserPages memory) {

    private long address(int word) {
      return mm.addressOf(memory, (long) word * Long.BYTES);
    }

    private LongCell iocb(int word) {
      return memory.word(IOCB + word);
    }

    void setUp(int opcode) {
      require(aio.ioSetup(8, address(0)), 0);
      boolean vectored = opcode == IocbLayout.IOCB_CMD_PREADV || opcode == IocbLayout.IOCB_CMD_PWRITEV;
      boolean transfers = vectored || opcode <= IocbLayout.IOCB_CMD_PWRITE;
      iocb(IocbLayout.OPCODE_AND_FILDES).write(IocbLayout.opcodeAndFildes(opcode, 0));
      if (transfers) {
        iocb(IocbLayout.BUF).write(address(vectored ? IOVEC : DATA));
        iocb(IocbLayout.NBYTES).write(vectored ? 1 : BYTES);
      } else if (opcode == IocbLayout.IOCB_CMD_POLL) {
        iocb(IocbLayout.BUF).write(1);
      }
      memory.word(IOVEC).write(address(DATA));
      memory.word(IOVEC + 1).write(BYTES);
      memory.word(POINTER).write(address(IOCB));
    }

    void run(int requests) {
      long handle = memory.word(0).read();
      for (int i = 0; i < requests; i++) {
        require(submit(handle), 1);
        require(aio.ioGeteventsFor(handle, 1, 1, address(EVENT), -1), 1);
      }
      require(aio.ioDestroy(handle), 0);
    }

    /** Again while there is no memory, which only an injected fault brings about. */
    private long submit(long handle) {
      long result;
      do {
        result = aio.ioSubmit(handle, 1, address(POINTER));
      } while (result == -Errno.EAGAIN || result == -Errno.ENOMEM);
      return result;
    }

    private void require(long found, long expected) {
      if (found != expected) {
        context.machine().violation(PropertyKind.INVARIANT,
            "a call returned %d, expected %d".formatted(found, expected));
      }
    }
  }

  /** Costs are stated per request. */
  private record Count(long requests) implements ScenarioObserver {

    @Override
    public void runStarted() {}

    @Override
    public String passed(Tracepoint point, long first, long second, int thread, long cycles) {
      return "";
    }

    @Override
    public List<String> runEnded() {
      return List.of();
    }

    @Override
    public void report(Report report) {
      report.unit("request", requests);
    }
  }
}
