package dev.regardless.tests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules for emulated code: its only inputs are a thread's identity and the values that thread reads from emulated
 * memory, so that an execution can be repeated by repeating its choices.
 */
class EmulatedCodeTest {
  /** Packages that hold emulated code; scenarios anywhere else count too. */
  static final String[] PACKAGES = {"dev.regardless.kernel..", "dev.regardless.vfs..", "dev.regardless.drivers..",
      "dev.regardless.aio.."};

  private static final String SCENARIO = "dev.regardless.scenario.Scenario";

  /** Classes whose answers, order or effects differ between two runs, or that act outside the machine. */
  private static final Set<String> FORBIDDEN_CLASSES = Set.of("java.util.Random", "java.util.SplittableRandom",
      "java.util.UUID", "java.security.SecureRandom", "java.util.Date", "java.util.Calendar", "java.util.Timer",
      "java.lang.Thread", "java.lang.ThreadLocal", "java.lang.ScopedValue", "java.lang.Runtime", "java.lang.Process",
      "java.lang.ProcessBuilder", "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap",
      "java.util.WeakHashMap", "java.util.Hashtable", "java.util.Properties");

  private static final List<String> FORBIDDEN_PACKAGES = List.of("java.util.concurrent.", "java.util.random.",
      "java.time.", "java.io.", "java.nio.", "java.net.", "java.lang.ref.", "java.lang.reflect.", "java.lang.invoke.",
      "jdk.internal.", "sun.misc.");

  /** Owner and method; the owner is the class named in the call. */
  private static final Set<String> FORBIDDEN_CALLS = Set.of("java.lang.System.currentTimeMillis",
      "java.lang.System.nanoTime", "java.lang.System.identityHashCode", "java.lang.System.getProperty",
      "java.lang.System.getenv", "java.lang.Object.hashCode", "java.lang.Object.wait", "java.lang.Object.notify",
      "java.lang.Object.notifyAll", "java.lang.Math.random", "java.lang.StrictMath.random",
      "java.util.Collections.shuffle", "java.util.Set.of", "java.util.Set.copyOf", "java.util.Map.of",
      "java.util.Map.ofEntries", "java.util.Map.copyOf", "java.util.stream.Collectors.toSet",
      "java.util.stream.Collectors.toMap", "java.util.stream.Collectors.groupingBy",
      "java.util.stream.BaseStream.parallel",
      "java.util.Collection.parallelStream");

  private static JavaClasses production;
  private static List<JavaClass> emulated = List.of();

  @BeforeAll
  static void scan() {
    production = ProductionClasses.all();
    emulated = production.stream().filter(EmulatedCodeTest::isEmulated).toList();
  }

  /** Each package of {@link #PACKAGES} must have been seen with all its classes, once it has any. */
  @Test
  void enoughClassesAreScanned() {
    Repository repository = Repository.find();
    long files = repository.mainJavaFiles().stream().map(file -> file.toString().replace('\\', '/'))
        .filter(file -> file.matches(".*/java/dev/regardless/(kernel|vfs|drivers|aio)/.*"))
        .filter(file -> !file.endsWith("package-info.java")).count();
    long topLevel = emulated.stream().filter(JavaClass::isTopLevelClass)
        .filter(each -> !each.getSimpleName().equals("package-info")).filter(EmulatedCodeTest::isInEmulatedPackage)
        .count();
    assertEquals(files, topLevel, "source files and top-level classes of emulated packages");
  }

  @Test
  void isDeterministic() {
    assertEquals(List.of(), emulated.stream().flatMap(each -> dependencies(each).stream()).sorted().toList());
  }

  @Test
  void keepsItsStateInCells() {
    assertEquals(List.of(), emulated.stream().flatMap(each -> mutableFields(each).stream()).sorted().toList());
  }

  @Test
  void neverCatchesWhatUnwindsAThread() {
    assertEquals(List.of(), emulated.stream().flatMap(each -> broadCatches(each).stream()).sorted().toList());
  }

  @Test
  void isNeverSynchronized() {
    assertEquals(List.of(), emulated.stream().flatMap(each -> each.getCodeUnits().stream())
        .filter(unit -> unit.getModifiers().contains(JavaModifier.SYNCHRONIZED)).map(JavaCodeUnit::getFullName)
        .toList());
  }

  @Test
  void doesNotPrintOrLog() {
    noClasses().that(new DescribedPredicate<JavaClass>("hold emulated code") {
      @Override
      public boolean test(JavaClass each) {
        return isEmulated(each);
      }
    }).should().dependOnClassesThat().resideInAnyPackage("org.slf4j..", "java.util.logging..")
        .allowEmptyShould(true).check(production);
  }

  /** Every rule above must be able to fail. */
  @Test
  void theRulesFindWhatTheyForbid() {
    JavaClass offender = new ClassFileImporter().importClasses(Offender.class).get(Offender.class);
    assertEquals(3, mutableFields(offender).size(), mutableFields(offender)::toString);
    assertEquals(2, broadCatches(offender).size(), broadCatches(offender)::toString);
    String found = dependencies(offender).toString();
    for (String part : List.of("java.lang.System.nanoTime", "java.util.HashMap", "java.util.Set.of",
        "java.lang.Object.hashCode", "java.util.concurrent.ThreadLocalRandom")) {
      assertTrue(found.contains(part), () -> part + " in " + found);
    }
  }

  private static boolean isEmulated(JavaClass each) {
    return isInEmulatedPackage(each) || isScenario(each)
        || each.getEnclosingClass().map(EmulatedCodeTest::isEmulated).orElse(false);
  }

  private static boolean isInEmulatedPackage(JavaClass each) {
    return each.getPackageName().matches("dev\\.regardless\\.(kernel|vfs|drivers|aio)(\\..*)?");
  }

  private static boolean isScenario(JavaClass each) {
    return !each.getName().equals(SCENARIO) && each.isAssignableTo(SCENARIO);
  }

  private static boolean isComposition(JavaClass each) {
    return each.getSimpleName().endsWith("Module");
  }

  private static List<String> dependencies(JavaClass each) {
    TreeSet<String> found = new TreeSet<>();
    if (isComposition(each)) {
      return List.of();
    }
    each.getDirectDependenciesFromSelf().forEach(dependency -> {
      String target = dependency.getTargetClass().getBaseComponentType().getName();
      if (FORBIDDEN_CLASSES.contains(target) || isInForbiddenPackage(target)) {
        found.add(each.getName() + " uses " + target);
      }
    });
    for (JavaAccess<?> access : each.getAccessesFromSelf()) {
      String target = access.getTargetOwner().getName() + "." + access.getName();
      if (FORBIDDEN_CALLS.contains(target)) {
        found.add(each.getName() + " calls " + target + " in line " + access.getLineNumber());
      }
    }
    return List.copyOf(found);
  }

  /** Lambdas, string concatenation, records and switches are compiled to calls of java.lang.invoke and runtime classes. */
  private static boolean isInForbiddenPackage(String name) {
    boolean compilersOwn = name.startsWith("java.lang.invoke.") || name.equals("java.io.Serializable");
    return !compilersOwn && FORBIDDEN_PACKAGES.stream().anyMatch(name::startsWith);
  }

  private static List<String> mutableFields(JavaClass each) {
    List<String> found = new ArrayList<>();
    for (JavaField field : each.getFields()) {
      if (!field.getModifiers().contains(JavaModifier.FINAL)) {
        found.add(field.getFullName() + " is not final");
      }
    }
    return found;
  }

  private static List<String> broadCatches(JavaClass each) {
    List<String> found = new ArrayList<>();
    for (JavaCodeUnit unit : each.getCodeUnits()) {
      for (TryCatchBlock block : unit.getTryCatchBlocks()) {
        for (JavaClass caught : block.getCaughtThrowables()) {
          Class<?> type = caught.reflect();
          if (type == Throwable.class || Error.class.isAssignableFrom(type)) {
            found.add(unit.getFullName() + " catches " + caught.getSimpleName());
          }
        }
      }
    }
    return found;
  }

  /** Breaks the rules, for {@link #theRulesFindWhatTheyForbid}. */
  @SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod"})
  private static final class Offender {
    private static int mutableStatic;
    private long mutable;
    private Object reference = new Object();

    void offend() {
      try {
        mutable = System.nanoTime() + reference.hashCode() + new HashMap<String, String>().size() + Set.of(1, 2).size();
        mutableStatic++;
      } catch (StackOverflowError caught) {
        mutable = java.util.concurrent.ThreadLocalRandom.current().nextInt();
      } catch (Throwable caught) {
        reference = caught;
      }
    }
  }
}
