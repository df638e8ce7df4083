package io.platform.slug;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.platform.testing.TopLevelClasses;

@AnalyzeClasses(packages = "io.platform.slug", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule contractStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.platform.slug")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.platform.slug.*..");

  @ArchTest
  static final ArchRule builderKnowsTheContractOnly =
      noClasses()
          .that()
          .resideInAPackage("io.platform.slug.build..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.platform.slug.run..", "io.platform.slug.site..");

  @ArchTest
  static final ArchRule runnerKnowsTheContractOnly =
      noClasses()
          .that()
          .resideInAPackage("io.platform.slug.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.platform.slug.build..", "io.platform.slug.site..");

  @ArchTest
  static final ArchRule siteServerStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.platform.slug.site..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.slug", "io.platform.slug.build..", "io.platform.slug.run..");

  @ArchTest
  static final ArchRule knowsNoCloud =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.slug..",
              "io.platform.commons.console",
              "io.platform.commons.digest",
              "io.platform.commons.disk",
              "io.platform.commons.file",
              "io.platform.commons.http.header",
              "io.platform.commons.name",
              "io.platform.commons.process",
              "java..",
              "javax.crypto..",
              "javax.net.ssl..",
              "com.sun.net.httpserver..",
              "com.fasterxml.jackson.core..",
              "com.github.luben.zstd..",
              "org.snakeyaml.engine..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule readsYamlInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.platform.slug.build.buildpack")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.platform.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesHaveNoCycles =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();
}
