package dev.regardless.checker;

import dev.regardless.execution.SequentialConsistency;
import dev.regardless.machine.Architecture;
import java.lang.reflect.Proxy;
import java.util.List;

/** An architecture for programs that act on the machine directly: it has fences and no primitives. */
final class TestArchitecture {

  /** Fence 0 is the full one. */
  static final Architecture INSTANCE = (Architecture) Proxy.newProxyInstance(
      TestArchitecture.class.getClassLoader(), new Class<?>[] {Architecture.class},
      (proxy, method, arguments) -> switch (method.getName()) {
        case "name" -> "test";
        case "fullFence" -> 0;
        case "fences" -> 3;
        case "primitives" -> null;
        case "memoryModel" -> new SequentialConsistency();
        case "primitiveVariants" -> List.of("");
        default -> throw new IllegalStateException(method.getName());
      });

  private TestArchitecture() {}
}
