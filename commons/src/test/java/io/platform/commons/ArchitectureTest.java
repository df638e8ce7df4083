package io.platform.commons;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.platform.testing.TopLevelClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The packages of the module that all others may use, and what each may use itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the classes are read once
class ArchitectureTest {
  private static final String ROOT = "io.platform.commons.";

  /**
   * Package to the others of this module that it may use. A package that is not here is refused.
   */
  private static final Map<String, Set<String>> PACKAGES =
      Map.ofEntries(
          Map.entry("console", Set.of()),
          Map.entry("database", Set.of("retry", "settings")),
          Map.entry("digest", Set.of()),
          Map.entry("disk", Set.of()),
          Map.entry("file", Set.of()),
          Map.entry("http", Set.of("disk", "settings")),
          Map.entry("http.header", Set.of()),
          Map.entry("metrics", Set.of("settings")),
          Map.entry("name", Set.of()),
          Map.entry("process", Set.of()),
          Map.entry("retry", Set.of()),
          Map.entry("settings", Set.of()),
          Map.entry("shutdown", Set.of()));

  /** What CLI and slug runner use costs no start-up time: it is plain Java. */
  private static final Set<String> PLAIN_JAVA =
      Set.of("console", "digest", "disk", "file", "http.header", "name", "process");

  /** What only some packages may know of the world outside, and which. */
  private static final Map<List<String>, List<String>> OUTSIDE =
      Map.of(
          List.of("java.sql.."),
          List.of("database", "disk"),
          List.of("javax.sql..", "org.flywaydb..", "org.sqlite..", "org.postgresql.."),
          List.of("database"),
          List.of("com.zaxxer.."),
          List.of("database", "metrics"),
          List.of("dev.failsafe.."),
          List.of("database", "retry"),
          List.of("io.micrometer..", "io.prometheus.."),
          List.of("metrics"),
          List.of("com.fasterxml.jackson.."),
          List.of("http"),
          List.of("io.javalin..", "jakarta..", "org.eclipse.jetty.."),
          List.of("http", "metrics"));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.platform.commons");

  @Test
  void everyPackageIsInTheTable() {
    Set<String> packages = new TreeSet<>();
    classes.forEach(type -> packages.add(type.getPackageName().substring(ROOT.length())));
    assertThat(PACKAGES.keySet()).containsExactlyInAnyOrderElementsOf(packages);
  }

  @TestFactory
  Stream<DynamicTest> usesOnlyWhatItMay() {
    return PACKAGES.entrySet().stream()
        .map(entry ->
            dynamicTest(entry.getKey(), () -> usesNoOther(entry.getKey(), entry.getValue())));
  }

  private void usesNoOther(String name, Set<String> others) {
    Set<String> allowed = new HashSet<>(others);
    allowed.add(name);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.platform..").and(not(resideInAnyPackage(named(allowed)))))
        .check(classes);
  }

  @Test
  void smallPackagesArePlainJava() {
    classes()
        .that()
        .resideInAnyPackage(named(PLAIN_JAVA))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.platform.commons..", "java..", "org.jspecify.annotations..")
        .check(classes);
    PLAIN_JAVA.forEach(name -> assertThat(PLAIN_JAVA).containsAll(PACKAGES.get(name)));
  }

  @TestFactory
  Stream<DynamicTest> usesLibrariesOnlyWhereTheyBelong() {
    return OUTSIDE.entrySet().stream()
        .map(entry ->
            dynamicTest(entry.getKey().getFirst(), () -> onlyIn(entry.getValue(), entry.getKey())));
  }

  private void onlyIn(List<String> packages, List<String> outside) {
    noClasses()
        .that()
        .resideOutsideOfPackages(named(packages))
        .should()
        .dependOnClassesThat(resideInAnyPackage(outside.toArray(String[]::new)))
        .check(classes);
  }

  private static String[] named(Iterable<String> packages) {
    Set<String> names = new TreeSet<>();
    packages.forEach(name -> names.add(ROOT + name));
    return names.toArray(String[]::new);
  }

  @Test
  void hasNoCycles() {
    slices().matching("io.platform.commons.(*)..").should().beFreeOfCycles().check(classes);
    slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (JavaClass type : classes) {
      assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
          .as(type.getPackageName())
          .isTrue();
    }
  }
}
