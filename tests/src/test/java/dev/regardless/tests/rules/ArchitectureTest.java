package dev.regardless.tests.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may see whom; see docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String CORE = "emulator-core";

  /** A module's packages. */
  private record Module(String name, String... packages) {}

  private static final List<Module> MODULES = List.of(
      new Module(CORE, "dev.regardless.machine..", "dev.regardless.memory..", "dev.regardless.kernel..",
          "dev.regardless.vfs..", "dev.regardless.execution..", "dev.regardless.emulation..", "dev.regardless.trace..",
          "dev.regardless.input..", "dev.regardless.isa..", "dev.regardless.scenario.."),
      new Module("arch-x86", "dev.regardless.arch.x86.."), new Module("arch-arm64", "dev.regardless.arch.arm64.."),
      new Module("fs-drivers", "dev.regardless.drivers.."), new Module("aio", "dev.regardless.aio.."),
      new Module("checker", "dev.regardless.checker.."), new Module("litmus", "dev.regardless.litmus.."),
      new Module("cli", "dev.regardless.cli.."), new Module("tests", "dev.regardless.tests.."));

  private static final List<Module> SIBLINGS = MODULES.subList(1, 6);

  private static JavaClasses classes;

  @BeforeAll
  static void scan() {
    classes = ProductionClasses.all();
  }

  @Test
  void everyClassBelongsToAModule() {
    String[] packages = MODULES.stream().flatMap(module -> List.of(module.packages()).stream()).toArray(String[]::new);
    classes().should().resideInAnyPackage(packages).check(classes);
  }

  @Test
  void coreSeesNoOtherModule() {
    for (Module other : MODULES.subList(1, MODULES.size())) {
      mayNotSee(MODULES.getFirst(), other).check(classes);
    }
  }

  @Test
  void siblingsNeverSeeOneAnother() {
    for (Module module : SIBLINGS) {
      for (Module other : SIBLINGS) {
        if (!module.name().equals(other.name())) {
          mayNotSee(module, other).check(classes);
        }
      }
    }
  }

  @Test
  void nobodyBelowSeesLitmusCliOrTests() {
    for (Module module : SIBLINGS) {
      for (Module above : MODULES.subList(6, MODULES.size())) {
        mayNotSee(module, above).check(classes);
      }
    }
  }

  @Test
  void litmusSeesOnlyCoreAndChecker() {
    Module litmus = MODULES.get(6);
    for (Module other : MODULES) {
      if (!List.of(CORE, "checker", "litmus").contains(other.name())) {
        mayNotSee(litmus, other).check(classes);
      }
    }
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

  /** The rules themselves must be able to fail: this class depends on JUnit. */
  @Test
  void aForbiddenDependencyIsFound() {
    JavaClasses thisTest = new ClassFileImporter().importClasses(ArchitectureTest.class);
    ArchRule rule = mayNotSee(new Module("tests", "dev.regardless.tests.."), new Module("JUnit", "org.junit.."));
    assertThrows(AssertionError.class, () -> rule.check(thisTest));
  }

  private static ArchRule mayNotSee(Module module, Module other) {
    return noClasses().that().resideInAnyPackage(module.packages()).should().dependOnClassesThat()
        .resideInAnyPackage(other.packages()).as(module.name() + " may not see " + other.name())
        .allowEmptyShould(true);
  }
}
