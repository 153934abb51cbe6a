package dev.regardless.memory;

import dev.regardless.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of all locations and objects of one emulated machine: which object and field a location is, what it held
 * initially. The values during execution belong to the engine.
 *
 * <p>Locations and objects are numbered densely in order of creation; object 0 is null, so that a reference is its
 * object's number.
 */
public final class Memory {

  /** What every cell of a freed object holds (mm/slab: POISON_FREE, 0x6b). */
  public static final long FREED = 0x6b6b6b6b6b6b6b6bL;

  /** What every cell of a fresh object holds (mm/slab: POISON_INUSE, 0x5a). */
  public static final long UNINITIALISED = 0x5a5a5a5a5a5a5a5aL;

  /** Cells per cache line, for the cost model: 64 bytes. */
  public static final int CELLS_PER_LINE = 8;

  private final Machine machine;
  private long[] initial = new long[256];
  private int[] owner = new int[256];
  private int[] line = new int[256];
  private boolean[] reference = new boolean[256];
  private String[] field = new String[256];
  private int locations;
  private int lines;
  private KernelObject[] objects = new KernelObject[64];
  private int objectCount = 1;
  private final List<KmemCache<?>> caches = new ArrayList<>();

  public Memory(Machine machine) {
    this.machine = machine;
  }

  public Machine machine() {
    return machine;
  }

  /** Creates an object that lives as long as the machine; {@code maker} is its constructor. */
  public <T extends KernelObject> T create(String name, Function<CellFactory, T> maker) {
    return maker.apply(new CellFactory(this, name, 0));
  }

  /** Creates an object whose cells start as {@link #UNINITIALISED} when the engine allocates it. */
  <T extends KernelObject> T createDynamic(String name, Function<CellFactory, T> maker) {
    return maker.apply(new CellFactory(this, name, UNINITIALISED));
  }

  public int locations() {
    return locations;
  }

  /** One more than the highest object number. */
  public int objects() {
    return objectCount;
  }

  /** The object of that number; null for 0. */
  public @Nullable KernelObject object(long number) {
    return number == 0 ? null : objects[Math.toIntExact(number)];
  }

  /** Value of the location when the first thread starts. */
  public long initial(int location) {
    return initial[location];
  }

  /** Sets a value during set-up. */
  public void initialise(int location, long value) {
    initial[location] = value;
  }

  /** Number of the top-level object that the location is part of. */
  public int ownerOf(int location) {
    return owner[location];
  }

  /** The cache line of the location, dense from 0. */
  public int lineOf(int location) {
    return line[location];
  }

  public int lines() {
    return lines;
  }

  /** Whether the location holds references (object numbers). */
  public boolean isReference(int location) {
    return reference[location];
  }

  /** Full name for reports, e.g. {@code aio_kiocb#3.ki_refcnt}. */
  public String nameOf(int location) {
    KernelObject object = objects[owner[location]];
    return object == null ? "location " + location : object.name() + '.' + field[location];
  }

  /** Name without the instance, e.g. {@code aio_kiocb.ki_refcnt}: the class of a lock. */
  public String classOf(int location) {
    KernelObject object = objects[owner[location]];
    return object == null ? "location" : object.typeName() + '.' + field[location];
  }

  /** The present extent, for {@link #forgetSince}. For engines. */
  public Extent extent() {
    return new Extent(locations, lines, objectCount);
  }

  /**
   * Forgets what was made since {@code extent} was taken, so that what is made next gets the same numbers as then. Nobody may
   * use the forgotten objects any more. For engines.
   */
  public void forgetSince(Extent extent) {
    locations = extent.locations();
    lines = extent.lines();
    Arrays.fill(objects, extent.objects(), objectCount, null);
    objectCount = extent.objects();
  }

  /** How much a memory holds. */
  public record Extent(int locations, int lines, int objects) {}

  int registerCache(KmemCache<?> cache) {
    caches.add(cache);
    return caches.size() - 1;
  }

  /** Number of {@link KmemCache}s made so far. */
  public int caches() {
    return caches.size();
  }

  /** The cache of that number. */
  public KmemCache<?> cache(int number) {
    return caches.get(number);
  }

  int register(KernelObject object) {
    if (objectCount == objects.length) {
      objects = Arrays.copyOf(objects, objects.length * 2);
    }
    objects[objectCount] = object;
    return objectCount++;
  }

  int newLocation(int ownerNumber, String name, long value, boolean isReference, boolean newLine) {
    if (locations == initial.length) {
      grow();
    }
    if (newLine || lines == 0) {
      lines++;
    }
    initial[locations] = value;
    owner[locations] = ownerNumber;
    line[locations] = lines - 1;
    reference[locations] = isReference;
    field[locations] = name;
    return locations++;
  }

  private void grow() {
    int size = initial.length * 2;
    initial = Arrays.copyOf(initial, size);
    owner = Arrays.copyOf(owner, size);
    line = Arrays.copyOf(line, size);
    reference = Arrays.copyOf(reference, size);
    field = Arrays.copyOf(field, size);
  }
}
