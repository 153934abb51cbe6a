package dev.regardless.vfs.program;

import dev.regardless.kernel.Kernel;
import dev.regardless.plugin.Providers;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.Vfs;
import java.util.List;

/** A process that runs a {@link Program}: its memory, its descriptors and its system calls. Made at set-up. */
public final class UserProcess {

  private static final int DESCRIPTORS = 64;
  private static final int MAPPINGS = 16;

  private final ScenarioContext scenario;
  private final Vfs vfs;
  private final FileTable files;
  private final FileSystemCalls calls;
  private final UserPages memory;
  private final UserSpace space;
  private final SystemCallTable table = new SystemCallTable();

  /**
   * A process with every system call on the class path.
   *
   * @param bytes of its memory
   * @param firstDescriptor the lowest descriptor that its calls can open
   */
  public UserProcess(ScenarioContext scenario, int bytes, int firstDescriptor) {
    this.scenario = scenario;
    Kernel kernel = new Kernel(scenario.machine());
    vfs = new Vfs(kernel);
    files = kernel.create("files_struct", cells -> new FileTable(vfs, cells, firstDescriptor, DESCRIPTORS));
    calls = new FileSystemCalls(vfs, files);
    memory = kernel.create("memory", cells -> new UserPages(cells, bytes / Long.BYTES));
    space = kernel.create("mm_struct", cells -> new UserSpace(kernel, cells, List.of(memory), MAPPINGS));
    Providers.ordered(SystemCallGroup.class, group -> group.getClass().getName())
        .forEach(group -> group.bind(this, table));
  }

  /** The scenario's parameter of that name. */
  public String parameter(String name) {
    return scenario.parameter(name);
  }

  public Kernel kernel() {
    return vfs.kernel();
  }

  public Vfs vfs() {
    return vfs;
  }

  public FileTable files() {
    return files;
  }

  /** read, write and the like on descriptors. */
  public FileSystemCalls calls() {
    return calls;
  }

  /** What the process's addresses mean. */
  public UserSpace space() {
    return space;
  }

  /** The process's own memory, mapping 0 of {@link #space}. */
  public UserPages memory() {
    return memory;
  }

  /** The address of a byte of the process's own memory. */
  public long address(long offset) {
    return space.addressOf(memory, 0) + offset;
  }

  /** The process's system calls. */
  public SystemCallTable table() {
    return table;
  }
}
