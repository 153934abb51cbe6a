package dev.regardless.tests.memory;

import dev.regardless.machine.Access;
import dev.regardless.machine.Architecture;
import dev.regardless.tests.memory.Instruction.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random programs for one architecture, small enough to be explored fully; a seed always gives the same program. */
final class RandomPrograms {

  private static final int[] READ_ORDERS = {0, 0, 0, Access.ACQUIRE, Access.ACQUIRE_PC};
  private static final int[] WRITE_ORDERS = {0, 0, 0, Access.RELEASE};
  private static final int[] ATOMIC_ORDERS = {0, Access.ACQUIRE, Access.RELEASE, Access.ACQUIRE | Access.RELEASE,
      Access.NO_RETURN, Access.NO_RETURN | Access.RELEASE, Access.ACQUIRE_PC};

  private final Architecture architecture;
  private final boolean ordered;

  RandomPrograms(Architecture architecture) {
    this.architecture = architecture;
    this.ordered = architecture.name().equals("arm64");
  }

  /** The program of that seed: 2 to 4 threads, at most {@code accesses} accesses. */
  Program program(long seed, int accesses) {
    SplittableRandom random = new SplittableRandom(seed);
    int threads = 2 + Math.min(random.nextInt(3), random.nextInt(3));
    int locations = 1 + Math.max(random.nextInt(3), random.nextInt(3));
    List<List<Instruction>> program = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      program.add(new ArrayList<>());
    }
    int left = accesses - random.nextInt(2);
    while (left > 0) {
      List<Instruction> code = program.get(random.nextInt(threads));
      if (!code.isEmpty() && random.nextInt(4) == 0) {
        code.add(fence(random));
      }
      code.add(access(random, locations, code));
      left--;
    }
    program.removeIf(List::isEmpty);
    return new Program(program);
  }

  private Instruction fence(SplittableRandom random) {
    return new Instruction(Kind.FENCE, 0, random.nextInt(architecture.fences()), 0, 0, -1, -1);
  }

  private Instruction access(SplittableRandom random, int locations, List<Instruction> code) {
    int location = random.nextInt(locations);
    long value = random.nextLong(1, 3);
    int address = dependency(random, code);
    Kind kind = kind(random);
    int access = access(random, kind);
    int data = kind.writes ? dependency(random, code) : -1;
    return new Instruction(kind, location, kind.writes ? value : 0, kind == Kind.COMPARE ? random.nextInt(2) : 0,
        access,
        address, data);
  }

  private Kind kind(SplittableRandom random) {
    int pick = random.nextInt(ordered ? 14 : 12);
    if (pick < 4) {
      return Kind.LOAD;
    }
    if (pick < 9) {
      return Kind.STORE;
    }
    return switch (pick) {
      case 9 -> Kind.SWAP;
      case 10 -> Kind.ADD;
      case 11 -> Kind.COMPARE;
      case 12 -> Kind.EXCLUSIVE_SWAP;
      default -> Kind.EXCLUSIVE_ADD;
    };
  }

  private int access(SplittableRandom random, Kind kind) {
    if (!ordered) {
      return 0;
    }
    return switch (kind) {
      case LOAD -> READ_ORDERS[random.nextInt(READ_ORDERS.length)];
      case STORE -> WRITE_ORDERS[random.nextInt(WRITE_ORDERS.length)];
      case EXCLUSIVE_SWAP, EXCLUSIVE_ADD -> ATOMIC_ORDERS[random.nextInt(4)];
      default -> ATOMIC_ORDERS[random.nextInt(ATOMIC_ORDERS.length)];
    };
  }

  /** An earlier reading instruction of the thread, now and then. */
  private int dependency(SplittableRandom random, List<Instruction> code) {
    if (!ordered || code.isEmpty() || random.nextInt(3) > 0) {
      return -1;
    }
    int index = random.nextInt(code.size());
    boolean returns = code.get(index).kind().reads && !Access.has(code.get(index).access(), Access.NO_RETURN);
    return returns ? index : -1;
  }
}
