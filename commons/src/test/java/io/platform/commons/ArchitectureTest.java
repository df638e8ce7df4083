package io.platform.commons;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The module that all others may use. */
@AnalyzeClasses(
    packages = "io.platform.commons",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule usesNoOtherModule =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.platform..")
                  .and(not(resideInAPackage("io.platform.commons.."))));

  /** What CLI and slug runner use costs no start-up time. */
  @ArchTest
  static final ArchRule smallPackagesArePlainJava =
      classes()
          .that()
          .resideInAnyPackage(
              "io.platform.commons.console",
              "io.platform.commons.digest",
              "io.platform.commons.disk",
              "io.platform.commons.name")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.commons.console",
              "io.platform.commons.digest",
              "io.platform.commons.disk",
              "io.platform.commons.name",
              "java..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule databaseHasNoHttp =
      noClasses()
          .that()
          .resideInAPackage("io.platform.commons.database")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.commons.http", "io.javalin..", "jakarta..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule httpHasNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("io.platform.commons.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.commons.database", "java.sql..", "org.jdbi..", "com.zaxxer..");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("io.platform.commons.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule isNullMarked =
      classes()
          .should(
              be(
                  describe(
                      "in a package that is null-marked",
                      type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
}
