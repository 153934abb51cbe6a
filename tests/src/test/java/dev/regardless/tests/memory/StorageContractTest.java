package dev.regardless.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regardless.emulation.Chooser;
import dev.regardless.emulation.StorageParameters;
import dev.regardless.emulation.StorageSubsystem;
import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine relies on beside the memory model. */
class StorageContractTest {

  private static final int X = 0;
  private static final int Y = 1;

  /** Gives the answers that a test put in, then always the plainest. */
  private static final class Script implements Chooser {
    final ArrayDeque<Integer> answers = new ArrayDeque<>();

    @Override
    public int choose(int alternatives) {
      return answers.isEmpty() ? 0 : answers.removeFirst();
    }

    @Override
    public boolean chance(int millionths) {
      return !answers.isEmpty() && answers.removeFirst() == 1;
    }
  }

  private final Script script = new Script();
  private final List<String> freedWrites = new ArrayList<>();

  private StorageSubsystem storage(String name, int entries) {
    StorageSubsystem storage = Architectures.named(name)
        .storage(
            new StorageParameters(
                2, script, entries, entries, 1_000_000, true,
                (thread, location) -> freedWrites.add(thread + ":" + location)));
    storage.ensureLocations(2);
    return storage;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void aResetValueIsEverybodys(String name) {
    StorageSubsystem storage = storage(name, 4);
    storage.store(0, X, 1, Access.ONCE, 0, 0);
    assertEquals(1, storage.load(0, X, Access.ONCE, 0));
    long version = storage.version(X);
    storage.reset(X, 9);
    assertTrue(storage.version(X) != version);
    assertEquals(9, storage.load(0, X, Access.ONCE, 0));
    assertEquals(9, storage.load(1, X, Access.ONCE, 0));
    assertEquals(9, storage.newest(X));
    assertEquals(-1, storage.lastWriter(X));
    assertEquals(0, storage.transitions(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void aRestartForgetsThreads(String name) {
    StorageSubsystem storage = storage(name, 4);
    storage.store(0, X, 1, Access.RELEASE, 0, 0);
    storage.load(1, X, Access.ACQUIRE, 0);
    storage.restart();
    storage.reset(X, 0);
    storage.reset(Y, 0);
    assertEquals(0, storage.transitions(0));
    assertEquals(0, storage.load(0, X, Access.ONCE, 0));
    assertEquals(0, storage.load(1, X, Access.ONCE, 0));
  }

  @Test
  void aFullStoreBufferDrainsItsOldest() {
    StorageSubsystem x86 = storage("x86", 2);
    x86.store(0, X, 1, Access.ONCE, 0, 0);
    x86.store(0, X, 2, Access.ONCE, 0, 0);
    assertEquals(0, x86.newest(X));
    assertEquals(2, x86.load(0, X, Access.ONCE, 0));
    x86.store(0, Y, 3, Access.ONCE, 0, 0);
    assertEquals(1, x86.newest(X));
    assertEquals(1, x86.load(1, X, Access.ONCE, 0));
    assertEquals(1, x86.transitions(0));
    x86.apply(0, 0);
    assertEquals(2, x86.newest(X));
    assertEquals(0, x86.newest(Y));
    x86.fenceAll();
    assertEquals(3, x86.newest(Y));
    assertEquals(0, x86.transitions(0));
    assertThrows(IllegalArgumentException.class, () -> x86.apply(0, 0));
  }

  @Test
  void aBufferedStoreMayArriveAfterTheFree() {
    StorageSubsystem x86 = storage("x86", 4);
    x86.store(0, X, 1, Access.ONCE, 0, 0);
    x86.store(1, X, Memory.FREED, Access.ONCE, 0, 0);
    x86.fence(1, 0);
    assertEquals(List.of(), freedWrites);
    x86.apply(0, 0);
    assertEquals(List.of("0:" + X), freedWrites);
  }

  @Test
  void aReusedLocationIsDrainedFirst() {
    StorageSubsystem x86 = storage("x86", 4);
    x86.store(0, X, Memory.FREED, Access.ONCE, 0, 0);
    x86.reset(X, Memory.UNINITIALISED);
    x86.fenceAll();
    assertEquals(Memory.UNINITIALISED, x86.newest(X));
  }

  @Test
  void poisonPlacedBeforeAnotherWriteIsReportedToo() {
    StorageSubsystem arm64 = storage("arm64", 4);
    arm64.store(0, X, 1, Access.ONCE, 0, 0);
    assertEquals(List.of(), freedWrites);
    script.answers.addAll(List.of(1, 1));
    arm64.store(1, X, Memory.FREED, Access.ONCE, 0, 0);
    assertEquals(1, arm64.newest(X), "the poison went before the write");
    assertEquals(List.of("0:" + X), freedWrites);
  }

  @Test
  void aReaderThatNeedsADroppedMessageIsCounted() {
    StorageSubsystem arm64 = storage("arm64", 2);
    for (int value = 1; value <= 4; value++) {
      arm64.store(0, X, value, Access.ONCE, 0, 0);
    }
    assertEquals(0, arm64.forcedForward());
    script.answers.addAll(List.of(1, 1, 1));
    assertEquals(3, arm64.load(1, X, Access.ONCE, 0));
    assertFalse(arm64.lastLoadWasNewest(1));
    assertEquals(1, arm64.forcedForward());
  }

  @Test
  void anOvertakingWriteDoesNotChangeTheNewest() {
    StorageSubsystem arm64 = storage("arm64", 4);
    arm64.store(0, X, 1, Access.ONCE, 0, 0);
    long version = arm64.version(X);
    script.answers.addAll(List.of(1, 1));
    arm64.store(1, X, 2, Access.ONCE, 0, 0);
    assertEquals(1, arm64.newest(X));
    assertEquals(0, arm64.lastWriter(X));
    assertEquals(version, arm64.version(X));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void whatWasReleasedIsAcquired(String name) {
    StorageSubsystem storage = storage(name, 4);
    storage.store(0, X, 1, Access.ONCE, 0, 0);
    long released = storage.releaseAll(0);
    storage.acquireAll(1, released);
    script.answers.addAll(List.of(1, 1, 1));
    assertEquals(1, storage.load(1, X, Access.ONCE, 0));
  }

  @Test
  void aReleaseIsNoBarrierForWhoReleases() {
    StorageSubsystem x86 = storage("x86", 4);
    x86.store(0, X, 1, Access.ONCE, 0, 0);
    x86.store(0, X, 2, Access.ONCE, 0, 0);
    long released = x86.releaseAll(0);
    x86.store(0, X, 3, Access.ONCE, 0, 0);
    assertEquals(0, x86.newest(X));
    x86.acquireAll(1, released);
    assertEquals(2, x86.newest(X), "what came after the release stays in the buffer");
    x86.apply(0, 0);
    assertEquals(0, x86.releaseAll(0), "nothing is buffered");
    StorageSubsystem arm64 = storage("arm64", 4);
    arm64.store(1, Y, 1, Access.ONCE, 0, 0);
    arm64.store(0, X, 1, Access.ONCE, 0, 0);
    assertTrue(arm64.releaseAll(0) > 0);
    script.answers.addAll(List.of(1, 1, 1));
    assertEquals(0, arm64.load(0, Y, Access.ONCE, 0), "it may still miss what is older than its store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sc", "x86", "arm64"})
  void theNewestIsLoadedWhateverTheView(String name) {
    StorageSubsystem storage = storage(name, 4);
    storage.store(0, Y, 1, Access.ONCE, 0, 0);
    storage.store(0, X, 1, Access.RELEASE, 0, 0);
    storage.fence(0, Architectures.named(name).fullFence());
    script.answers.addAll(List.of(1, 1, 1, 1));
    assertEquals(1, storage.loadNewest(1, X, Access.ACQUIRE));
    assertTrue(storage.lastLoadWasNewest(1));
    assertEquals(1, storage.load(1, Y, Access.ONCE, 0), "it acquired");
  }

  @Test
  void aBarrierOnEveryThreadHidesThePast() {
    StorageSubsystem arm64 = storage("arm64", 4);
    arm64.store(0, X, 1, Access.ONCE, 0, 0);
    arm64.fenceAll();
    script.answers.addAll(List.of(1, 1));
    assertEquals(1, arm64.load(1, X, Access.ONCE, 0));
  }

  @Test
  void aReservationIsLostToAnotherWrite() {
    for (String name : List.of("sc", "arm64")) {
      StorageSubsystem storage = storage(name, 4);
      assertFalse(storage.storeExclusive(0, X, 1, Access.EXCLUSIVE, 0, 0), "none was made");
      storage.load(0, X, Access.EXCLUSIVE, 0);
      assertTrue(storage.storeExclusive(0, X, 1, Access.EXCLUSIVE, 0, 0));
      assertFalse(storage.storeExclusive(0, X, 2, Access.EXCLUSIVE, 0, 0), "it is used up");
      storage.load(0, X, Access.EXCLUSIVE, 0);
      storage.load(1, X, Access.EXCLUSIVE, 0);
      assertTrue(storage.storeExclusive(1, X, 3, Access.EXCLUSIVE, 0, 0));
      assertFalse(storage.storeExclusive(0, X, 4, Access.EXCLUSIVE, 0, 0));
      assertEquals(3, storage.newest(X));
      storage.load(0, X, Access.EXCLUSIVE, 0);
      storage.loseReservation(0);
      assertFalse(storage.storeExclusive(0, X, 5, Access.EXCLUSIVE, 0, 0), "another task ran in between");
    }
  }

  @Test
  void arm64NeedsWritesOrderedAfterReads() {
    Architecture arm64 = Architectures.named("arm64");
    StorageParameters promises = new StorageParameters(1, script, 4, 4, 1_000_000, false, (thread, location) -> {});
    assertThrows(IllegalArgumentException.class, () -> arm64.storage(promises));
  }
}
