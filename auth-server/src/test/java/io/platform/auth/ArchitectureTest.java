package io.platform.auth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.platform.testing.TopLevelClasses;

@AnalyzeClasses(packages = "io.platform", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final DescribedPredicate<JavaClass> OTHER_ROOMS =
      resideInAPackage("io.platform..")
          .and(
              DescribedPredicate.not(
                  resideInAnyPackage("io.platform.auth..", "io.platform.commons..")));

  @ArchTest
  static final ArchRule USES_NOTHING_ELSE_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("io.platform.auth..")
          .should()
          .dependOnClassesThat(OTHER_ROOMS);

  @ArchTest
  static final ArchRule HAS_NO_CYCLES =
      slices().matching("io.platform.auth.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CLASSES_HAVE_NO_CYCLES =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ACCOUNTS_KNOW_NO_OTHER_ROOM =
      noClasses()
          .that()
          .resideInAPackage("io.platform.auth.account")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.auth",
              "io.platform.auth.token",
              "io.platform.auth.http",
              "io.platform.auth.sql");

  @ArchTest
  static final ArchRule TOKENS_KNOW_ACCOUNTS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.platform.auth.token")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.platform.auth", "io.platform.auth.http", "io.platform.auth.sql");

  @ArchTest
  static final ArchRule HTTP_KNOWS_NO_SQL =
      noClasses()
          .that()
          .resideInAPackage("io.platform.auth.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.auth",
              "io.platform.auth.sql",
              "io.platform.commons.database",
              "java.sql",
              "org.jdbi..");

  @ArchTest
  static final ArchRule ONLY_HTTP_AND_THE_MAIN_KNOW_JAVALIN =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.platform.auth.account", "io.platform.auth.token", "io.platform.auth.sql")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.platform.commons.http",
                  "io.platform.commons.metrics",
                  "io.javalin..",
                  "jakarta..",
                  "org.eclipse.jetty.."));

  @ArchTest
  static final ArchRule ONLY_HTTP_READS_AND_WRITES_OAUTH_MESSAGES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.platform.auth.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nimbusds.oauth2..", "com.nimbusds.common..", "net.minidev..");

  @ArchTest
  static final ArchRule ONLY_MAINS_TOUCH_THE_PROCESS =
      noClasses()
          .that()
          .doNotHaveSimpleName("AuthMain")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
