package dev.regardless.tests.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may see whom; see docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String CORE = "emulator-core";

  private static final Set<String> BELOW_CLI = Set.of(CORE, "arch-x86", "arch-arm64", "fs-drivers", "aio", "checker",
      "litmus");

  /** Each module, and the modules that it may see besides itself. */
  private static final Map<String, Set<String>> MAY_SEE = Map.of(
      CORE, Set.of(),
      "arch-x86", Set.of(CORE),
      "arch-arm64", Set.of(CORE),
      "fs-drivers", Set.of(CORE),
      "aio", Set.of(CORE),
      "checker", Set.of(CORE),
      "litmus", Set.of(CORE, "checker"),
      "cli", BELOW_CLI,
      "tests", union(BELOW_CLI, "cli"));

  private static final int FIRST_OF_PACKAGE = 4; // MODULE/src/main/java

  private static JavaClasses classes;

  @BeforeAll
  static void scan() {
    classes = ProductionClasses.all();
  }

  @Test
  void eachPackageIsInOneModule() {
    Map<String, Set<String>> modules = modulesOfPackages();
    assertEquals(new TreeSet<>(MAY_SEE.keySet()), union(modules.values()));
    assertEquals(List.of(), modules.entrySet().stream().filter(entry -> entry.getValue().size() > 1).toList());
  }

  @Test
  void modulesSeeOnlyWhatTheyMay() {
    Map<String, String> modules = moduleOfPackage();
    List<String> found = new ArrayList<>();
    for (JavaClass each : classes) {
      found.addAll(forbidden(each, modules.getOrDefault(each.getPackageName(), "none"), modules));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void onlyCliAndModulesImportGuice() {
    noClasses().that(not(resideInAPackage("dev.regardless.cli..")).and(not(simpleNameEndingWith("Module")))).should()
        .dependOnClassesThat().resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..")
        .as("only cli and classes named ...Module import Guice").check(classes);
  }

  @Test
  void emulatedCodeDoesNotSeeTheEngines() {
    noClasses()
        .that().resideInAnyPackage(EmulatedCodeTest.PACKAGES).should().dependOnClassesThat()
        .resideInAnyPackage("dev.regardless.emulation..", "dev.regardless.execution..", "dev.regardless.trace..")
        .as("emulated code runs on either engine and sees neither").allowEmptyShould(true).check(classes);
  }

  /** The rules must be able to fail: a class of the tests module, taken for one of aio. */
  @Test
  void aForbiddenDependencyIsFound() {
    JavaClass offender = new ClassFileImporter().importClasses(Offender.class).get(Offender.class);
    assertEquals(1, forbidden(offender, "aio", moduleOfPackage()).size());
    assertEquals(0, forbidden(offender, "tests", moduleOfPackage()).size());
  }

  private record Offender(dev.regardless.cli.BenchmarkSuite dependency) {}

  private static List<String> forbidden(JavaClass each, String module, Map<String, String> modules) {
    Set<String> allowed = MAY_SEE.getOrDefault(module, Set.of());
    TreeSet<String> found = new TreeSet<>();
    for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      String other = modules.getOrDefault(target.getPackageName(), module);
      if (!other.equals(module) && !allowed.contains(other)) {
        found.add(module + " may not see " + other + ": " + each.getName() + " uses " + target.getName());
      }
    }
    return List.copyOf(found);
  }

  private static Map<String, String> moduleOfPackage() {
    Map<String, String> modules = new TreeMap<>();
    modulesOfPackages().forEach((name, owners) -> modules.put(name, owners.iterator().next()));
    return modules;
  }

  /** As the source tree has them. */
  private static Map<String, Set<String>> modulesOfPackages() {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (Path file : Repository.find().mainJavaFiles()) {
      String name = file.subpath(FIRST_OF_PACKAGE, file.getNameCount() - 1).toString().replaceAll("[/\\\\]", ".");
      modules.computeIfAbsent(name, ignored -> new TreeSet<>()).add(file.getName(0).toString());
    }
    return modules;
  }

  private static Set<String> union(Set<String> names, String more) {
    Set<String> union = new TreeSet<>(names);
    union.add(more);
    return union;
  }

  private static Set<String> union(Iterable<Set<String>> sets) {
    Set<String> union = new TreeSet<>();
    sets.forEach(union::addAll);
    return union;
  }
}
