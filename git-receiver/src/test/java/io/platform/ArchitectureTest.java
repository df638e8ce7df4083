package io.platform;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
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

/** The rooms of this module, and what each may use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the classes are read once
class ArchitectureTest {
  private static final String ROOT = "io.platform.";

  /**
   * Room to the rooms that it may use; names without the root package. A room that is not here is
   * refused.
   */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("app", Set.of("slug")),
          Map.entry("app.sql", Set.of("app", "slug")),
          Map.entry("settings", Set.of()),
          Map.entry("storage", Set.of()),
          Map.entry("web", Set.of("slug")),
          Map.entry("retention", Set.of("app", "storage", "slug")),
          Map.entry("signal", Set.of("app", "web")),
          Map.entry("access", Set.of("app", "slug")),
          Map.entry("receiver.repo", Set.of("app")),
          Map.entry("receiver.pack", Set.of()),
          Map.entry("receiver.source", Set.of("slug")),
          Map.entry("receiver.build", Set.of("app", "storage", "access", "slug", "receiver.repo")),
          Map.entry(
              "receiver.push",
              Set.of(
                  "app",
                  "storage",
                  "access",
                  "slug",
                  "web",
                  "receiver.repo",
                  "receiver.pack",
                  "receiver.build",
                  "receiver.source")),
          Map.entry(
              "receiver.http",
              Set.of(
                  "app",
                  "access",
                  "slug",
                  "web",
                  "receiver.repo",
                  "receiver.pack",
                  "receiver.push")),
          Map.entry(
              "server", Set.of("app", "app.sql", "storage", "access", "web", "settings", "proxy")),
          Map.entry(
              "server.pod",
              Set.of(
                  "app", "app.sql", "signal", "settings", "server", "cluster", "cluster.desired")),
          Map.entry(
              "receiver",
              Set.of(
                  "app",
                  "storage",
                  "access",
                  "slug",
                  "settings",
                  "retention",
                  "server",
                  "proxy",
                  "server.pod",
                  "api",
                  "cluster",
                  "cluster.desired",
                  "receiver.repo",
                  "receiver.pack",
                  "receiver.build",
                  "receiver.push",
                  "receiver.http")),
          Map.entry("api", Set.of("app", "storage", "access", "slug", "web", "retention")),
          Map.entry("deployer.rollout", Set.of("app", "slug", "access")),
          Map.entry("deployer.http", Set.of("app", "slug", "access", "web")),
          Map.entry(
              "deployer",
              Set.of(
                  "app",
                  "settings",
                  "server",
                  "server.pod",
                  "cluster",
                  "deployer.rollout",
                  "deployer.http")),
          Map.entry("proxy", Set.of("app", "web")),
          Map.entry("cluster", Set.of("app", "slug", "cluster.desired")),
          Map.entry("cluster.desired", Set.of("app", "slug")),
          Map.entry("process", Set.of("app", "slug")),
          Map.entry(
              "local",
              Set.of(
                  "app",
                  "app.sql",
                  "storage",
                  "access",
                  "settings",
                  "server",
                  "receiver",
                  "receiver.repo",
                  "deployer",
                  "deployer.rollout",
                  "proxy",
                  "process",
                  "auth",
                  "auth.account",
                  "auth.token")));

  /** What only some rooms may know of the world outside, and which. */
  private static final Map<List<String>, List<String>> OUTSIDE =
      Map.of(
          List.of("io.fabric8..", "io.kubernetes.."), List.of("cluster", "cluster.desired"),
          List.of(
                  "java.sql..",
                  "javax.sql..",
                  "org.jdbi..",
                  "org.flywaydb..",
                  "com.zaxxer..",
                  "org.sqlite..",
                  "org.postgresql.."),
              List.of("app.sql"),
          List.of("com.google.cloud..", "software.amazon.."), List.of("storage"),
          List.of("org.eclipse.jgit.."),
              List.of(
                  "receiver",
                  "receiver.repo",
                  "receiver.pack",
                  "receiver.source",
                  "receiver.push",
                  "receiver.http",
                  "api"),
          List.of("com.nimbusds.."), List.of("access"));

  /** Adapters: one public class makes them, records configure them. */
  private static final List<String> ADAPTERS = List.of("app.sql", "signal", "cluster", "process");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.platform")
          .that(
              not(
                  resideInAnyPackage(
                      "io.platform.slug..",
                      "io.platform.auth..",
                      "io.platform.cli..",
                      "io.platform.testing..")));

  private static String room(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  @Test
  void everyRoomIsInTheTable() {
    Set<String> rooms = new TreeSet<>();
    classes.forEach(type -> rooms.add(room(type)));
    assertThat(ROOMS.keySet()).containsAll(rooms);
  }

  @TestFactory
  Stream<DynamicTest> usesOnlyWhatItMay() {
    return ROOMS.keySet().stream()
        .sorted()
        .map(room ->
            dynamicTest(
                room, () -> mayUse(room, ROOMS.getOrDefault(room, Set.of())).check(classes)));
  }

  private static ArchRule mayUse(String room, Set<String> others) {
    Set<String> allowed = new HashSet<>(others);
    allowed.add(room);
    String[] packages = allowed.stream().map(name -> ROOT + name).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.platform..").and(not(resideInAnyPackage(packages))))
        .allowEmptyShould(true);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.platform.(**)").should().beFreeOfCycles().check(classes);
  }

  @TestFactory
  Stream<DynamicTest> knowsNoMoreOfTheWorldThanItsTask() {
    return OUTSIDE.entrySet().stream()
        .map(entry ->
            dynamicTest(
                entry.getKey().getFirst(),
                () -> onlyIn(entry.getValue(), entry.getKey()).check(classes)));
  }

  private static ArchRule onlyIn(List<String> rooms, List<String> outside) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms.stream().map(room -> ROOT + room).toArray(String[]::new))
        .should()
        .dependOnClassesThat(resideInAnyPackage(outside.toArray(String[]::new)));
  }

  @TestFactory
  Stream<DynamicTest> anAdapterHasOneDoor() {
    return ADAPTERS.stream().map(room -> dynamicTest(room, () -> hasOneDoor(room)));
  }

  private void hasOneDoor(String room) {
    List<String> doors = new ArrayList<>();
    for (JavaClass type : classes) {
      if (room(type).equals(room)
          && type.isTopLevelClass()
          && type.getModifiers().contains(JavaModifier.PUBLIC)
          && !type.isRecord()) {
        doors.add(type.getSimpleName());
      }
    }
    assertThat(doors).as("public classes of " + room).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void onlyMainsTouchTheProcess() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  @Test
  void everyRoomSaysWhatLivesThereAndKnowsNoNull() {
    for (JavaClass type : classes) {
      JavaPackage room = type.getPackage();
      assertThat(room.isAnnotatedWith(NullMarked.class)).as(room.getName()).isTrue();
    }
  }
}
