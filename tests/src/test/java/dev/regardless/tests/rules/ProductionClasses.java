package dev.regardless.tests.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * All compiled classes of the modules' jars, without tests.
 *
 * <p>A rule over classes passes when it sees none. So before any rule is applied, the classes found must be exactly those
 * that the source tree has files for.
 */
final class ProductionClasses {
  private static final String ROOT_PACKAGE = "dev.regardless";
  private static final int PATH_BEFORE_PACKAGE = 4; // MODULE/src/main/java

  private ProductionClasses() {}

  /** Scans once; later calls return the same classes. */
  static JavaClasses all() {
    return Scan.CLASSES;
  }

  private static final class Scan {
    static final JavaClasses CLASSES = scan();
  }

  private static JavaClasses scan() {
    JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("/jmh_generated/")).importPackages(ROOT_PACKAGE);
    assertEquals(expectedTopLevelClasses(), topLevelClasses(classes), "top-level classes found, by source file");
    return classes;
  }

  private static List<String> expectedTopLevelClasses() {
    TreeSet<String> names = new TreeSet<>();
    for (Path file : Repository.find().mainJavaFiles()) {
      Path inPackages = file.subpath(PATH_BEFORE_PACKAGE, file.getNameCount());
      String name = inPackages.toString().replaceAll("[/\\\\]", ".").replaceAll("\\.java$", "");
      if (!name.endsWith(".package-info")) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static List<String> topLevelClasses(JavaClasses classes) {
    TreeSet<String> names = new TreeSet<>();
    for (JavaClass each : classes) {
      boolean generated = each.getSource().flatMap(source -> source.getFileName()).map(ProductionClasses::isGenerated)
          .orElse(false);
      if (each.isTopLevelClass() && !each.getSimpleName().equals("package-info") && !generated) {
        names.add(each.getName());
      }
    }
    return List.copyOf(names);
  }

  /** Parsers that JavaCC writes, and what they use, are compiled from files outside the source tree. */
  private static boolean isGenerated(String sourceFile) {
    return Repository.find().mainJavaFiles().stream().noneMatch(file -> file.endsWith(sourceFile));
  }
}
