package dev.regardless.tests.verdict;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * One change to one method of a compiled class: what a slip in one line of its source would be. Applied to the class file, so
 * that the source is nothing but the protocol.
 *
 * <p>In words, as the table of mutants has them; CALL is {@code name} or {@code Class.name}, #N its N-th occurrence in the
 * method, 1 if left out:
 * <ul>
 *   <li>{@code drop CALL#N}: the call is left out; if it has a result, {@code drop CALL#N = 0} says which
 *   <li>{@code call CALL#N as NAME}: another method of the same class and type is called
 *   <li>{@code force CALL#N as NAME}: a method without a result is called instead, which always succeeds
 *   <li>{@code swap CALL#N}: the line with the call changes places with the next one
 *   <li>{@code constant A as B}: the first number A in the method is B
 * </ul>
 */
record Mutation(String className, String method, String kind, String call, int occurrence, String with) {

  private static final String PREFIX = "dev.regardless.aio.";

  /** Reads {@code poll.DoneFlagPoll$Protocol.wake} and {@code drop dequeue#1}. */
  static Mutation parse(String place, String change) {
    int dot = place.lastIndexOf('.');
    String[] words = change.split(" ");
    String[] call = words[1].split("#");
    int occurrence = call.length > 1 ? Integer.parseInt(call[1]) : 1;
    String with = words.length > 3 ? words[3] : "";
    return new Mutation(PREFIX + place.substring(0, dot), place.substring(dot + 1), words[0], call[0], occurrence,
        with);
  }

  /**
   * The class with the change.
   *
   * @throws IllegalArgumentException if there is nothing to change
   */
  byte[] apply(byte[] original) {
    ClassFile tool = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    ClassModel model = tool.parse(original);
    Counter counter = new Counter();
    byte[] changed = tool.transformClass(model, ClassTransform.transformingMethods(
        this::isMeant, (builder, element) -> {
          if (element instanceof CodeModel code) {
            builder.withCode(body -> write(body, code, counter));
          } else {
            builder.with(element);
          }
        }));
    if (!counter.applied) {
      throw new IllegalArgumentException("nothing to change: " + this);
    }
    return changed;
  }

  private static final class Counter {
    private int seen;
    private boolean applied;
  }

  private boolean isMeant(MethodModel candidate) {
    return candidate.methodName().stringValue().equals(method) && (candidate.flags().flagsMask() & 0x1000) == 0;
  }

  private void write(CodeBuilder body, CodeModel code, Counter counter) {
    List<CodeElement> elements = new ArrayList<>();
    for (CodeElement element : code) {
      if (!(element instanceof LocalVariable) && !(element instanceof LocalVariableType)) {
        elements.add(element);
      }
    }
    if (kind.equals("swap")) {
      swap(elements, counter);
    }
    for (CodeElement element : elements) {
      if (counter.applied || !replace(body, element, counter)) {
        body.with(element);
      }
    }
  }

  /** Whether the element was the one meant. */
  private boolean replace(CodeBuilder body, CodeElement element, Counter counter) {
    if (kind.equals("constant")) {
      if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof Number number
          && number.longValue() == Long.parseLong(call)) {
        counter.applied = true;
        long value = Long.parseLong(with);
        if (constant.typeKind() == TypeKind.LONG) {
          body.loadConstant(value);
        } else {
          body.loadConstant((int) value);
        }
        return true;
      }
      return false;
    }
    if (!(element instanceof InvokeInstruction invoke) || !isCall(invoke) || ++counter.seen != occurrence) {
      return false;
    }
    counter.applied = true;
    switch (kind) {
      case "drop" -> drop(body, invoke);
      case "call" -> body.invoke(invoke.opcode(), invoke.owner().asSymbol(), with, invoke.typeSymbol(),
          invoke.isInterface());
      case "force" -> {
        body.invoke(invoke.opcode(), invoke.owner().asSymbol(), with, MethodTypeDesc.ofDescriptor("()V"),
            invoke.isInterface());
        body.loadConstant(1);
      }
      default -> throw new IllegalArgumentException("unknown kind of mutation " + kind);
    }
    return true;
  }

  private boolean isCall(InvokeInstruction invoke) {
    String owner = invoke.owner().asInternalName();
    String simple = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
    String name = invoke.name().stringValue();
    return call.equals(name) || call.equals(simple + '.' + name);
  }

  private void drop(CodeBuilder body, InvokeInstruction invoke) {
    List<ClassDesc> parameters = invoke.typeSymbol().parameterList();
    for (int i = parameters.size() - 1; i >= 0; i--) {
      if (TypeKind.from(parameters.get(i)).slotSize() == 2) {
        body.pop2();
      } else {
        body.pop();
      }
    }
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      body.pop();
    }
    TypeKind result = TypeKind.from(invoke.typeSymbol().returnType());
    switch (result) {
      case VOID -> {
      }
      case LONG -> body.loadConstant(Long.parseLong(with));
      case BOOLEAN, INT -> body.loadConstant(Integer.parseInt(with));
      default -> throw new IllegalArgumentException("cannot drop a call that returns " + result);
    }
  }

  /** Exchanges the instructions of the line that holds the call and those of the next line. */
  private void swap(List<CodeElement> elements, Counter counter) {
    int at = 0;
    while (!(elements.get(at) instanceof InvokeInstruction invoke && isCall(invoke) && ++counter.seen == occurrence)) {
      at++;
    }
    int first = at;
    while (!(elements.get(first) instanceof LineNumber)) {
      first--;
    }
    int second = lineAfter(elements, at);
    int end = lineAfter(elements, second);
    List<CodeElement> moved = new ArrayList<>(elements.subList(first, second));
    if (elements.subList(first, end).stream().noneMatch(Instruction.class::isInstance)) {
      throw new IllegalArgumentException("nothing to swap: " + this);
    }
    elements.subList(first, second).clear();
    elements.addAll(first + end - second, moved);
    counter.applied = true;
  }

  private static int lineAfter(List<CodeElement> elements, int from) {
    int at = from + 1;
    while (!(elements.get(at) instanceof LineNumber)) {
      at++;
    }
    return at;
  }
}
