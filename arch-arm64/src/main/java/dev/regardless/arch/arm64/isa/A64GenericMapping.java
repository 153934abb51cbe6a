package dev.regardless.arch.arm64.isa;

import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.isa.generic.GenericOperation;
import dev.regardless.isa.generic.Ordering;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Generic operations in A64: acquire is LDAR, RCpc acquire LDAPR, release STLR, read-modify-writes are single LSE
 * instructions. Generic registers are X0 to X5; X10 to X12 are temporaries; addresses are in X16 and up.
 */
public final class A64GenericMapping implements GenericMapping {
  private static final int FIRST_ADDRESS = 16;

  @Override
  public String architecture() {
    return "AArch64";
  }

  @Override
  public String register(int number) {
    return "X" + number;
  }

  @Override
  public Mapped map(int thread, List<GenericOperation> operations) {
    ThreadMapping mapping = new ThreadMapping();
    operations.forEach(mapping::add);
    List<String> initial = new ArrayList<>();
    for (int index = 0; index < mapping.locations.size(); index++) {
      initial.add(thread + ":X" + (FIRST_ADDRESS + index) + "=" + mapping.locations.get(index));
    }
    return new Mapped(initial, mapping.code);
  }

  /** One thread while it is mapped. */
  private static final class ThreadMapping {
    private final List<String> locations = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private int branches;

    void add(GenericOperation operation) {
      switch (operation) {
        case GenericOperation.Load load -> code.add(loadName(load.ordering()) + " W" + load.result() + ","
            + address(load.location(), load.dependsOn(), load.ordering() == Ordering.PLAIN));
        case GenericOperation.Store store -> store(store);
        case GenericOperation.ReadModifyWrite update -> {
          String name = update.update() == GenericOperation.Update.ADD ? "LDADD" : "SWP";
          code.add("MOV W11,#" + update.operand());
          code.add(name + suffix(update.ordering()) + " W11,W" + update.result() + "," + address(update.location()));
        }
        case GenericOperation.CompareAndSwap swap -> {
          code.add("MOV W" + swap.result() + ",#" + swap.expected());
          code.add("MOV W11,#" + swap.replacement());
          code.add("CAS" + suffix(swap.ordering()) + " W" + swap.result() + ",W11," + address(swap.location()));
        }
        case GenericOperation.Fence fence -> code.add(switch (fence.kind()) {
          case FULL -> "DMB SY";
          case LOAD -> "DMB LD";
          case STORE -> "DMB ST";
        });
        case GenericOperation.Branch branch -> {
          code.add("CBNZ W" + branch.register() + ",L" + branches);
          code.add("L" + branches++ + ":");
        }
      }
    }

    private void store(GenericOperation.Store store) {
      String place = address(store.location(), store.addressDependsOn(), !store.ordering().releases());
      String source = switch (store.value()) {
        case GenericOperation.Register register -> "W" + register.register();
        case GenericOperation.Constant constant -> constant(constant.value(), store.dataDependsOn());
      };
      code.add((store.ordering().releases() ? "STLR " : "STR ") + source + "," + place);
    }

    private String constant(int value, OptionalInt dependsOn) {
      if (dependsOn.isEmpty()) {
        code.add("MOV W11,#" + value);
      } else {
        code.add("EOR W11,W" + dependsOn.getAsInt() + ",W" + dependsOn.getAsInt());
        code.add("ADD W11,W11,#" + value);
      }
      return "W11";
    }

    private static String loadName(Ordering ordering) {
      return switch (ordering) {
        case ACQUIRE, ACQUIRE_RELEASE -> "LDAR";
        case ACQUIRE_PC -> "LDAPR";
        case PLAIN, RELEASE -> "LDR";
      };
    }

    private static String suffix(Ordering ordering) {
      return (ordering.acquires() || ordering == Ordering.ACQUIRE_PC ? "A" : "") + (ordering.releases() ? "L" : "");
    }

    private String base(String location) {
      if (!locations.contains(location)) {
        locations.add(location);
      }
      return "X" + (FIRST_ADDRESS + locations.indexOf(location));
    }

    private String address(String location) {
      return "[" + base(location) + "]";
    }

    /** An address that depends on a register; only plain accesses can add an index to the base. */
    private String address(String location, OptionalInt dependsOn, boolean indexed) {
      if (dependsOn.isEmpty()) {
        return address(location);
      }
      code.add("EOR W10,W" + dependsOn.getAsInt() + ",W" + dependsOn.getAsInt());
      if (indexed) {
        return "[" + base(location) + ",W10,SXTW]";
      }
      code.add("ADD X12," + base(location) + ",W10,SXTW");
      return "[X12]";
    }
  }
}
