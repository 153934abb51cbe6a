package dev.regardless.vfs.program;

import dev.regardless.kernel.Kernel;
import dev.regardless.plugin.Providers;
import dev.regardless.scenario.ScenarioContext;
import dev.regardless.vfs.FileSystemCalls;
import dev.regardless.vfs.FileTable;
import dev.regardless.vfs.UserPages;
import dev.regardless.vfs.UserSpace;
import dev.regardless.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

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
  private final SortedMap<String, Object> shared;
  private final List<Runnable> addressSpaceExits = new ArrayList<>();

  /**
   * A process with every system call on the class path.
   *
   * @param bytes of its memory
   * @param firstDescriptor the lowest descriptor that its calls can open
   */
  public UserProcess(ScenarioContext scenario, int bytes, int firstDescriptor) {
    this(scenario, new Vfs(new Kernel(scenario.machine())), new TreeMap<>(), bytes, firstDescriptor);
  }

  private UserProcess(
      ScenarioContext scenario, Vfs vfs, SortedMap<String, Object> shared, int bytes, int firstDescriptor) {
    this.scenario = scenario;
    this.vfs = vfs;
    this.shared = shared;
    Kernel kernel = vfs.kernel();
    files = kernel.create("files_struct", cells -> new FileTable(vfs, cells, firstDescriptor, DESCRIPTORS));
    calls = new FileSystemCalls(vfs, files);
    memory = kernel.create("memory", cells -> new UserPages(cells, bytes / Long.BYTES));
    space = kernel.create("mm_struct", cells -> new UserSpace(kernel, cells, List.of(memory), MAPPINGS));
    Providers.ordered(SystemCallGroup.class, group -> group.getClass().getName())
        .forEach(group -> group.bind(this, table));
  }

  /** A process on the same machine, to be filled by {@link #copyTo}: the child of a fork to come. */
  UserProcess child(int firstDescriptor) {
    return new UserProcess(scenario, vfs, shared, (int) memory.bytes(), firstDescriptor);
  }

  /**
   * What the processes of one machine share, such as a driver or a subsystem: made by whoever asks first, at set-up.
   *
   * @param name the same for all that share it
   */
  public <T> T shared(Class<T> type, String name, Supplier<T> maker) {
    Object found = shared.get(name);
    if (found == null) {
      found = maker.get();
      shared.put(name, found);
    }
    return type.cast(found);
  }

  /** Adds something to do when the process's memory goes, on exit or exec, at set-up: a part of __mmput. */
  public void onAddressSpaceExit(Runnable exit) {
    addressSpaceExits.add(exit);
  }

  /** fork: copies memory and descriptors to a process that has none; what else belongs to memory stays behind. */
  void copyTo(UserProcess child) {
    for (int i = 0; i < memory.words(); i++) {
      child.memory.word(i).write(memory.word(i).read());
    }
    child.files.copyFrom(files);
  }

  /** execve: exec_mmap lets the old memory go, the new one is empty; descriptors stay. */
  void execute() {
    addressSpaceExits.forEach(Runnable::run);
    for (int i = 0; i < memory.words(); i++) {
      memory.word(i).write(0);
    }
    kernel().exitToUserMode();
  }

  /** do_exit: memory first, then descriptors. */
  void exit() {
    addressSpaceExits.forEach(Runnable::run);
    files.closeAll();
    kernel().exitToUserMode();
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
