package io.platform.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.platform.testing.TopLevelClasses;

/** The command speaks HTTP, and uses nothing else of the platform but what is plain Java. */
@AnalyzeClasses(packages = "io.platform.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule usesNothingElseOfOurs =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are ours and not the command's",
                  it ->
                      it.getPackageName().startsWith("io.platform")
                          && !it.getPackageName().startsWith("io.platform.cli")
                          && !it.getPackageName().equals("io.platform.commons.console")
                          && !it.getPackageName().equals("io.platform.commons.file")
                          && !it.getPackageName().equals("io.platform.commons.name")));

  @ArchTest
  static final ArchRule theClientKnowsNoCommands =
      noClasses()
          .that()
          .resideInAPackage("io.platform.cli.client")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.cli",
              "io.platform.cli.command..",
              "io.platform.cli.terminal",
              "picocli..");

  @ArchTest
  static final ArchRule theTerminalKnowsNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.platform.cli.terminal")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.platform.cli",
              "io.platform.cli.client",
              "io.platform.cli.command..",
              "picocli..");

  @ArchTest
  static final ArchRule commandsSpeakHttpThroughTheClient =
      noClasses()
          .that()
          .resideInAPackage("io.platform.cli.command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.platform.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classesHaveNoCycles =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheMainTouchesTheProcess =
      noClasses()
          .that()
          .resideInAnyPackage("io.platform.cli.client", "io.platform.cli.command..")
          .should()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in");
}
