package dev.regardless.arch.x86.isa;

import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.isa.generic.GenericOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * Generic operations in x86-64: TSO already orders what acquire, release, load and store fences and dependencies order,
 * so they need no instruction; a full fence is MFENCE and read-modify-writes are locked. RAX and RDX are temporaries.
 */
public final class X86GenericMapping implements GenericMapping {
  private static final List<String> WHOLE = List.of("rbx", "rcx", "rsi", "rdi", "r8", "r9");
  private static final List<String> LOW = List.of("%ebx", "%ecx", "%esi", "%edi", "%r8d", "%r9d");

  @Override
  public String architecture() {
    return "X86_64";
  }

  @Override
  public String register(int number) {
    return WHOLE.get(number);
  }

  @Override
  public Mapped map(int thread, List<GenericOperation> operations) {
    List<String> code = new ArrayList<>();
    int branches = 0;
    for (GenericOperation operation : operations) {
      if (operation instanceof GenericOperation.Branch branch) {
        String low = LOW.get(branch.register());
        code.add("cmpl $0," + low);
        code.add("jne L" + branches);
        code.add("L" + branches++ + ":");
      } else {
        code.addAll(code(operation));
      }
    }
    return new Mapped(List.of(), code);
  }

  private static List<String> code(GenericOperation operation) {
    return switch (operation) {
      case GenericOperation.Load load -> List.of("movl (" + load.location() + ")," + LOW.get(load.result()));
      case GenericOperation.Store store -> List.of("movl " + source(store.value()) + ",(" + store.location() + ")");
      case GenericOperation.ReadModifyWrite update -> {
        String result = LOW.get(update.result());
        String name = update.update() == GenericOperation.Update.ADD ? "lock xaddl " : "xchgl ";
        yield List.of("movl $" + update.operand() + "," + result, name + result + ",(" + update.location() + ")");
      }
      case GenericOperation.CompareAndSwap swap -> List.of("movl $" + swap.expected() + ",%eax",
          "movl $" + swap.replacement() + ",%edx", "lock cmpxchgl (" + swap.location() + "),%edx",
          "movl %eax," + LOW.get(swap.result()));
      case GenericOperation.Fence fence -> fence.kind() == GenericOperation.FenceKind.FULL
          ? List.of("mfence")
          : List.of();
      case GenericOperation.Branch _ -> throw new IllegalStateException("a branch needs a label");
    };
  }

  private static String source(GenericOperation.Value value) {
    return switch (value) {
      case GenericOperation.Constant constant -> "$" + constant.value();
      case GenericOperation.Register register -> LOW.get(register.register());
    };
  }
}
