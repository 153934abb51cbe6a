package dev.regardless.emulation;

import dev.regardless.execution.MemoryModel;
import dev.regardless.execution.SequentialConsistency;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.CostModel;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;
import java.util.Arrays;
import java.util.List;

/** The simplest memory there is, so that engine tests depend on no architecture module. */
final class ArrayArchitecture implements Architecture {

  @Override
  public String name() {
    return "array";
  }

  @Override
  public String description() {
    return "one array, in order";
  }

  @Override
  public List<String> primitiveVariants() {
    return List.of("plain");
  }

  @Override
  public KernelPrimitives primitives(Machine machine, String variant) {
    return new Primitives(machine);
  }

  @Override
  public StorageSubsystem storage(StorageParameters parameters) {
    return new ArrayStorage(parameters);
  }

  @Override
  public MemoryModel memoryModel() {
    return new SequentialConsistency();
  }

  @Override
  public CostModel costs() {
    return new CostModel(4, 60, 1, 60, 20, List.of(20), 1000, 500, "made up for tests");
  }

  @Override
  public String fenceName(int fence) {
    return "fence";
  }

  @Override
  public int fences() {
    return 1;
  }

  @Override
  public int fullFence() {
    return 0;
  }

  @Override
  public boolean hasExclusives() {
    return false;
  }

  @Override
  public List<String> approximations() {
    return List.of();
  }

  private static final class ArrayStorage implements StorageSubsystem {
    private final StorageParameters parameters;
    private long[] values = new long[64];
    private long[] versions = new long[64];

    ArrayStorage(StorageParameters parameters) {
      this.parameters = parameters;
    }

    @Override
    public void ensureLocations(int locations) {
      if (locations > values.length) {
        values = Arrays.copyOf(values, locations * 2);
        versions = Arrays.copyOf(versions, locations * 2);
      }
    }

    @Override
    public void reset(int location, long value) {
      values[location] = value;
      versions[location]++;
    }

    @Override
    public long load(int thread, int location, int access, long addressView) {
      return values[location];
    }

    @Override
    public void store(int thread, int location, long value, int access, long addressView, long dataView) {
      if (values[location] == dev.regardless.memory.Memory.FREED) {
        parameters.freedWrites().wroteFreed(thread, location);
      }
      values[location] = value;
      versions[location]++;
    }

    @Override
    public long readModifyWrite(
        int thread, int location, RmwOperation operation, long operand, int access, long addressView, long dataView) {
      long old = values[location];
      store(thread, location, operation.apply(old, operand), access, addressView, dataView);
      return old;
    }

    @Override
    public long compareExchange(
        int thread, int location, long expected, long desired, int access, long addressView, long dataView) {
      long old = values[location];
      if (old == expected) {
        store(thread, location, desired, access, addressView, dataView);
      }
      return old;
    }

    @Override
    public boolean storeExclusive(
        int thread, int location, long value, int access, long addressView, long dataView) {
      store(thread, location, value, access, addressView, dataView);
      return true;
    }

    @Override
    public void fence(int thread, int fence) {}

    @Override
    public long releaseAll(int thread) {
      return 0;
    }

    @Override
    public void acquireAll(int thread, long released) {}

    @Override
    public void restart() {}

    @Override
    public long loadNewest(int thread, int location, int access) {
      return values[location];
    }

    @Override
    public void fenceAll() {}

    @Override
    public long lastView(int thread) {
      return 0;
    }

    @Override
    public boolean lastLoadWasNewest(int thread) {
      return true;
    }

    @Override
    public int transitions(int thread) {
      return 0;
    }

    @Override
    public void apply(int thread, int transition) {
      throw new AssertionError("there are no internal transitions");
    }

    @Override
    public long newest(int location) {
      return values[location];
    }

    @Override
    public long version(int location) {
      return versions[location];
    }

    @Override
    public int lastWriter(int location) {
      return -1;
    }

    @Override
    public long forcedForward() {
      return 0;
    }
  }

  private record Primitives(Machine machine) implements KernelPrimitives {

    @Override
    public long read(int location) {
      return machine.load(location, Access.PLAIN);
    }

    @Override
    public void write(int location, long value) {
      machine.store(location, value, Access.PLAIN);
    }

    @Override
    public long readOnce(int location) {
      return machine.load(location, Access.ONCE);
    }

    @Override
    public void writeOnce(int location, long value) {
      machine.store(location, value, Access.ONCE);
    }

    @Override
    public long loadAcquire(int location) {
      return machine.load(location, Access.ONCE);
    }

    @Override
    public void storeRelease(int location, long value) {
      machine.store(location, value, Access.ONCE);
    }

    @Override
    public void smpMb() {
      machine.fence(0);
    }

    @Override
    public void smpRmb() {}

    @Override
    public void smpWmb() {}

    @Override
    public void smpStoreMb(int location, long value) {
      machine.store(location, value, Access.ONCE);
    }

    @Override
    public void smpMbBeforeAtomic() {}

    @Override
    public void smpMbAfterAtomic() {}

    @Override
    public void smpMbAfterSpinlock() {}

    @Override
    public void smpAcquireAfterControlDependency() {}

    @Override
    public void atomic(int location, RmwOperation operation, long operand) {
      machine.readModifyWrite(location, operation, operand, Access.ONCE);
    }

    @Override
    public long fetch(int location, RmwOperation operation, long operand, Ordering ordering) {
      return machine.readModifyWrite(location, operation, operand, Access.ONCE);
    }

    @Override
    public long exchange(int location, long value, Ordering ordering) {
      return machine.readModifyWrite(location, RmwOperation.SWAP, value, Access.ONCE);
    }

    @Override
    public long compareExchange(int location, long expected, long desired, Ordering ordering) {
      return machine.compareExchange(location, expected, desired, Access.ONCE);
    }

    @Override
    public boolean testAndSetBit(int location, int bit) {
      return (machine.readModifyWrite(location, RmwOperation.OR, 1L << bit, Access.ONCE) >> bit & 1) != 0;
    }

    @Override
    public boolean testAndClearBit(int location, int bit) {
      return (machine.readModifyWrite(location, RmwOperation.CLEAR, 1L << bit, Access.ONCE) >> bit & 1) != 0;
    }

    @Override
    public boolean testAndSetBitLock(int location, int bit) {
      return testAndSetBit(location, bit);
    }

    @Override
    public void clearBitUnlock(int location, int bit) {
      machine.readModifyWrite(location, RmwOperation.CLEAR, 1L << bit, Access.ONCE);
    }

    @Override
    public void spinLock(int location) {
      machine.awaitCompareExchange(location, 0, 1, Access.ONCE);
    }

    @Override
    public boolean spinTryLock(int location) {
      return machine.compareExchange(location, 0, 1, Access.ONCE) == 0;
    }

    @Override
    public void spinUnlock(int location) {
      machine.store(location, 0, Access.ONCE);
    }
  }
}
