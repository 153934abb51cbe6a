package dev.regardless.emulation.sc;

import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.RmwOperation;
import dev.regardless.memory.Memory;
import java.util.Arrays;

/** One array of values, read and written at once. Has no choices and no internal transitions. */
final class SequentialStorage implements StorageSubsystem {

  private final StorageParameters.FreedWriteListener freedWrites;
  private final int[] reserved;
  private final long[] reservedVersion;
  private long[] values = new long[0];
  private long[] versions = new long[0];
  private int[] writers = new int[0];

  SequentialStorage(StorageParameters parameters) {
    this.freedWrites = parameters.freedWrites();
    this.reserved = new int[parameters.threads()];
    this.reservedVersion = new long[parameters.threads()];
    Arrays.fill(reserved, -1);
  }

  @Override
  public void restart() {
    Arrays.fill(reserved, -1);
  }

  @Override
  public void ensureLocations(int locations) {
    int old = values.length;
    if (locations > old) {
      int size = Math.max(locations, old * 2);
      values = Arrays.copyOf(values, size);
      versions = Arrays.copyOf(versions, size);
      writers = Arrays.copyOf(writers, size);
      Arrays.fill(writers, old, size, -1);
    }
  }

  @Override
  public void reset(int location, long value) {
    values[location] = value;
    versions[location]++;
    writers[location] = -1;
  }

  @Override
  public long load(int thread, int location, int access, long addressView) {
    // The reservation of a later store-exclusive; kept whatever the access is, since only that one looks at it.
    reserved[thread] = location;
    reservedVersion[thread] = versions[location];
    return values[location];
  }

  @Override
  public long loadNewest(int thread, int location, int access) {
    return values[location];
  }

  @Override
  public void store(int thread, int location, long value, int access, long addressView, long dataView) {
    write(thread, location, value);
  }

  @Override
  public long readModifyWrite(
      int thread, int location, RmwOperation operation, long operand, int access, long addressView, long dataView) {
    long old = values[location];
    write(thread, location, operation.apply(old, operand));
    return old;
  }

  @Override
  public long compareExchange(
      int thread, int location, long expected, long desired, int access, long addressView, long dataView) {
    long old = values[location];
    if (old == expected) {
      write(thread, location, desired);
    }
    return old;
  }

  @Override
  public boolean storeExclusive(
      int thread, int location, long value, int access, long addressView, long dataView) {
    boolean held = reserved[thread] == location && reservedVersion[thread] == versions[location];
    reserved[thread] = -1;
    if (held) {
      write(thread, location, value);
    }
    return held;
  }

  @Override
  public void loseReservation(int thread) {
    reserved[thread] = -1;
  }

  private void write(int thread, int location, long value) {
    if (values[location] == Memory.FREED && value != Memory.FREED) {
      freedWrites.wroteFreed(thread, location);
    }
    values[location] = value;
    versions[location]++;
    writers[location] = thread;
  }

  @Override
  public void fence(int thread, int fence) {
    // Everything is ordered as it is.
  }

  @Override
  public long releaseAll(int thread) {
    return 0;
  }

  @Override
  public void acquireAll(int thread, long released) {
    // Everything is ordered as it is.
  }

  @Override
  public void fenceAll() {
    // Everything is ordered as it is.
  }

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
    throw new IllegalArgumentException("no transition " + transition);
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
    return writers[location];
  }

  @Override
  public long forcedForward() {
    return 0;
  }
}
