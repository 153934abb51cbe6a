package dev.regardless.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.machine.Architectures;
import dev.regardless.machine.KernelPrimitives;
import dev.regardless.machine.Machine;
import dev.regardless.machine.Ordering;
import dev.regardless.machine.RmwOperation;
import dev.regardless.machine.WeakenedPrimitives;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kernel primitive is the instructions of AIO facts, table F, on each architecture and in each variant. */
class PrimitiveMappingTest {

  private static final Map<String, Consumer<KernelPrimitives>> PRIMITIVES = new LinkedHashMap<>();

  static {
    PRIMITIVES.put("read", p -> p.read(0));
    PRIMITIVES.put("write", p -> p.write(0, 1));
    PRIMITIVES.put("READ_ONCE", p -> p.readOnce(0));
    PRIMITIVES.put("WRITE_ONCE", p -> p.writeOnce(0, 1));
    PRIMITIVES.put("smp_load_acquire", p -> p.loadAcquire(0));
    PRIMITIVES.put("smp_store_release", p -> p.storeRelease(0, 1));
    PRIMITIVES.put("smp_mb", KernelPrimitives::smpMb);
    PRIMITIVES.put("smp_rmb", KernelPrimitives::smpRmb);
    PRIMITIVES.put("smp_wmb", KernelPrimitives::smpWmb);
    PRIMITIVES.put("smp_store_mb", p -> p.smpStoreMb(0, 1));
    PRIMITIVES.put("smp_mb__before_atomic", KernelPrimitives::smpMbBeforeAtomic);
    PRIMITIVES.put("smp_mb__after_atomic", KernelPrimitives::smpMbAfterAtomic);
    PRIMITIVES.put("smp_mb__after_spinlock", KernelPrimitives::smpMbAfterSpinlock);
    PRIMITIVES.put("smp_acquire__after_ctrl_dep", KernelPrimitives::smpAcquireAfterControlDependency);
    PRIMITIVES.put("atomic_add", p -> p.atomic(0, RmwOperation.ADD, 1));
    PRIMITIVES.put("atomic_fetch_add_relaxed", p -> p.fetch(0, RmwOperation.ADD, 1, Ordering.RELAXED));
    PRIMITIVES.put("atomic_fetch_add_acquire", p -> p.fetch(0, RmwOperation.ADD, 1, Ordering.ACQUIRE));
    PRIMITIVES.put("atomic_fetch_add_release", p -> p.fetch(0, RmwOperation.ADD, 1, Ordering.RELEASE));
    PRIMITIVES.put("atomic_fetch_add", p -> p.fetch(0, RmwOperation.ADD, 1, Ordering.FULL));
    PRIMITIVES.put("xchg_relaxed", p -> p.exchange(0, 1, Ordering.RELAXED));
    PRIMITIVES.put("xchg", p -> p.exchange(0, 1, Ordering.FULL));
    PRIMITIVES.put("cmpxchg_acquire", p -> p.compareExchange(0, 0, 1, Ordering.ACQUIRE));
    PRIMITIVES.put("cmpxchg_release", p -> p.compareExchange(0, 0, 1, Ordering.RELEASE));
    PRIMITIVES.put("cmpxchg", p -> p.compareExchange(0, 0, 1, Ordering.FULL));
    PRIMITIVES.put("cmpxchg failing", p -> p.compareExchange(0, 7, 1, Ordering.FULL));
    PRIMITIVES.put("test_and_set_bit", p -> p.testAndSetBit(0, 3));
    PRIMITIVES.put("test_and_clear_bit", p -> p.testAndClearBit(0, 3));
    PRIMITIVES.put("test_and_set_bit_lock", p -> p.testAndSetBitLock(0, 3));
    PRIMITIVES.put("clear_bit_unlock", p -> p.clearBitUnlock(0, 3));
    PRIMITIVES.put("spin_lock", p -> p.spinLock(0));
    PRIMITIVES.put("spin_trylock", p -> p.spinTryLock(0));
    PRIMITIVES.put("spin_unlock", p -> p.spinUnlock(0));
  }

  /** What a primitive does, as instructions separated by commas; every location holds 0. */
  private static String instructions(
      Consumer<KernelPrimitives> primitive, Architecture architecture, String variant, List<String> weakened) {
    List<String> instructions = new ArrayList<>();
    Machine machine = (Machine) Proxy.newProxyInstance(
        Machine.class.getClassLoader(),
        new Class<?>[] {Machine.class},
        (proxy, method, arguments) -> perform(method, arguments, architecture, instructions));
    primitive.accept(WeakenedPrimitives.of(architecture.primitives(machine, variant), machine, weakened));
    return String.join(", ", instructions);
  }

  private static Object perform(
      Method method, Object[] arguments, Architecture architecture, List<String> instructions) {
    if (method.getName().equals("retry")) {
      return Boolean.TRUE;
    }
    if (method.getName().equals("fence")) {
      instructions.add(architecture.fenceName((int) arguments[0]));
      return Boolean.TRUE;
    }
    String name = switch (method.getName()) {
      case "load", "store" -> method.getName();
      case "readModifyWrite" -> arguments[1].toString().toLowerCase(java.util.Locale.ROOT);
      case "compareExchange", "awaitCompareExchange" -> method.getName().startsWith("await") ? "await-cas" : "cas";
      case "storeExclusive" -> "store";
      default -> throw new IllegalStateException("no primitive should call " + method.getName());
    };
    instructions.add(name + letters((int) arguments[arguments.length - 1]));
    return method.getReturnType() == boolean.class ? (Object) Boolean.TRUE : (Object) 0L;
  }

  private static String letters(int access) {
    String letters = (Access.has(access, Access.LOCKED) ? "K" : "") + (Access.has(access, Access.EXCLUSIVE) ? "X" : "")
        + (Access.has(access, Access.ACQUIRE) ? "A" : "") + (Access.has(access, Access.RELEASE) ? "L" : "")
        + (Access.has(access, Access.NO_RETURN) ? "N" : "");
    return letters.isEmpty() ? "" : "." + letters;
  }

  /** K locked, X exclusive, A acquire, L release, N value not returned; await-cas is a spin lock's loop. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      // primitive                  | sc         | x86-64                | arm64 lse      | arm64 llsc
      "read                         | load       | load                  | load           | load",
      "write                        | store      | store                 | store          | store",
      "READ_ONCE                    | load       | load                  | load           | load",
      "WRITE_ONCE                   | store      | store                 | store          | store",
      "smp_load_acquire             | load.A     | load                  | load.A         | load.A",
      "smp_store_release            | store.L    | store                 | store.L        | store.L",
      "smp_mb                       | -          | lock addl $0,-4(%rsp) | dmb ish        | dmb ish",
      "smp_rmb                      | -          | -                     | dmb ishld      | dmb ishld",
      "smp_wmb                      | -          | -                     | dmb ishst      | dmb ishst",
      "smp_store_mb                 | store      | swap.KN               | store, dmb ish | store, dmb ish",
      "smp_mb__before_atomic        | -          | -                     | dmb ish        | dmb ish",
      "smp_mb__after_atomic         | -          | -                     | dmb ish        | dmb ish",
      "smp_mb__after_spinlock       | -          | -                     | dmb ish        | dmb ish",
      "smp_acquire__after_ctrl_dep  | -          | -                     | dmb ishld      | dmb ishld",
      "atomic_add                   | add.N      | add.KN                | add.N          | load.X, store.X",
      "atomic_fetch_add_relaxed     | add        | add.K                 | add            | load.X, store.X",
      "atomic_fetch_add_acquire     | add        | add.K                 | add.A          | load.XA, store.X",
      "atomic_fetch_add_release     | add        | add.K                 | add.L          | load.X, store.XL",
      "atomic_fetch_add             | add        | add.K                 | add.AL         | load.X, store.XL, dmb ish",
      "xchg_relaxed                 | swap       | swap.K                | swap           | load.X, store.X",
      "xchg                         | swap       | swap.K                | swap.AL        | load.X, store.XL, dmb ish",
      "cmpxchg_acquire              | cas        | cas.K                 | cas.A          | load.XA, store.X",
      "cmpxchg_release              | cas        | cas.K                 | cas.L          | load.X, store.XL",
      "cmpxchg                      | cas        | cas.K                 | cas.AL         | load.X, store.XL, dmb ish",
      "cmpxchg failing              | cas        | cas.K                 | cas.AL         | load.X",
      "test_and_set_bit             | or         | or.K                  | or.AL          | load.X, store.XL, dmb ish",
      "test_and_clear_bit           | clear      | clear.K               | clear.AL       | load.X, store.XL, dmb ish",
      "test_and_set_bit_lock        | or         | or.K                  | load, or.A     | load, load.XA, store.X",
      "clear_bit_unlock             | clear.N    | clear.KN              | clear.L        | load.X, store.XL",
      "spin_lock                    | await-cas  | await-cas.K           | await-cas.A    | await-cas.A",
      "spin_trylock                 | load, cas  | load, cas.K           | load, cas.A    | load, load.XA, store.X",
      "spin_unlock                  | store      | store                 | store.L        | store.L"})
  void tableF(String primitive, String sc, String x86, String lse, String llsc) {
    check(primitive, "sc", "sc", sc);
    check(primitive, "x86", "x86-64", x86);
    check(primitive, "arm64", "lse", lse);
    check(primitive, "arm64", "llsc", llsc);
  }

  private static void check(String primitive, String architecture, String variant, String expected) {
    Consumer<KernelPrimitives> call = PRIMITIVES.getOrDefault(primitive, p -> {
      throw new IllegalArgumentException(primitive);
    });
    assertEquals(
        expected == null ? "" : expected,
        instructions(call, Architectures.named(architecture), variant, List.of()),
        () -> primitive + " on " + variant);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "smp_mb                      | smp_mb                      | -", "smp_wmb | smp_wmb | -",
      "smp_rmb                     | smp_rmb                     | -", "smp_store_mb | smp_store_mb | store",
      "smp_mb__before_atomic       | smp_mb__before_atomic       | -",
      "smp_mb__after_atomic        | smp_mb__after_atomic        | -",
      "smp_mb__after_spinlock      | smp_mb__after_spinlock      | -",
      "smp_acquire__after_ctrl_dep | smp_acquire__after_ctrl_dep | -",
      "smp_load_acquire            | smp_load_acquire            | load",
      "smp_store_release           | smp_store_release           | store",
      "atomic_fetch                | atomic_fetch_add            | add",
      "atomic_fetch_acquire        | atomic_fetch_add_acquire    | add",
      "atomic_fetch_release        | atomic_fetch_add_release    | add",
      "atomic_fetch_release        | atomic_fetch_add            | add.AL",
      "xchg                        | xchg                        | swap", "cmpxchg | cmpxchg | cas",
      "cmpxchg_acquire             | cmpxchg_acquire             | cas",
      "cmpxchg_release             | cmpxchg_release             | cas",
      "test_and_set_bit            | test_and_set_bit            | or",
      "test_and_clear_bit          | test_and_clear_bit          | clear",
      "test_and_set_bit_lock       | test_and_set_bit_lock       | or",
      "clear_bit_unlock            | clear_bit_unlock            | clear",
      "spin_lock                   | spin_lock                   | await-cas", "spin_trylock | spin_trylock | cas",
      "spin_unlock                 | spin_unlock                 | store"})
  void weakenedOnArm64(String broken, String primitive, String expected) {
    Consumer<KernelPrimitives> call = PRIMITIVES.getOrDefault(primitive, p -> {
      throw new IllegalArgumentException(primitive);
    });
    assertEquals(
        expected == null ? "" : expected,
        instructions(call, Architectures.named("arm64"), "lse", List.of(broken)));
  }

  @Test
  void anUnknownPrimitiveIsRefused() {
    KernelPrimitives original = Architectures.named("sc").primitives(noMachine(), "sc");
    IllegalArgumentException refused = assertThrows(
        IllegalArgumentException.class,
        () -> WeakenedPrimitives.of(original, noMachine(), List.of("smp_mb", "smb_mb")));
    assertEquals(
        "unknown primitive 'smb_mb'; expected one of " + String.join(", ", WeakenedPrimitives.known()),
        refused.getMessage());
    assertSame(original, WeakenedPrimitives.of(original, noMachine(), List.of()));
  }

  @Test
  void anUnknownVariantIsRefused() {
    for (Architecture architecture : Architectures.all()) {
      assertThrows(IllegalArgumentException.class, () -> architecture.primitives(noMachine(), "none"));
      for (int fence = 0; fence < architecture.fences(); fence++) {
        assertEquals(architecture.fences(), architecture.costs().fences().size());
        assertEquals(false, architecture.fenceName(fence).isEmpty());
      }
    }
  }

  private static Machine noMachine() {
    return (Machine) Proxy.newProxyInstance(
        Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
          throw new IllegalStateException(method.getName());
        });
  }
}
