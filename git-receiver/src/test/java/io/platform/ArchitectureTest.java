package io.platform;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.platform.build.BuildLifecycle;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Stores;
import io.platform.storage.ObjectStore;
import io.platform.testing.TopLevelClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The packages of this module, and what each may use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the classes are read once
class ArchitectureTest {
  private static final String ROOT = "io.platform.";

  /**
   * Package to the packages that it may use, without the root package. A package that is not here
   * is refused.
   */
  private static final Map<String, Set<String>> PACKAGES =
      Map.ofEntries(
          Map.entry("domain", Set.of("commons.name", "slug")),
          Map.entry("domain.port", Set.of("domain", "slug")),
          Map.entry(
              "persistence",
              Set.of(
                  "commons.digest",
                  "commons.retry",
                  "commons.database",
                  "domain",
                  "domain.port",
                  "slug",
                  "persistence.database",
                  "persistence.json")),
          Map.entry(
              "persistence.database",
              Set.of("commons.database", "commons.retry", "domain", "domain.port")),
          Map.entry("persistence.json", Set.of("domain", "slug")),
          Map.entry("failure", Set.of("commons.process", "domain", "slug")),
          Map.entry("storage", Set.of("commons.digest")),
          Map.entry("storage.bucket", Set.of("commons.digest", "storage")),
          Map.entry(
              "storage.directory",
              Set.of(
                  "commons.digest",
                  "commons.disk",
                  "commons.file",
                  "commons.retry",
                  "storage",
                  "storage.signed")),
          Map.entry("storage.s3", Set.of("commons.digest", "storage", "storage.bucket")),
          Map.entry("storage.gcs", Set.of("storage", "storage.bucket")),
          Map.entry("storage.signed", Set.of("storage")),
          Map.entry(
              "buildlog",
              Set.of(
                  "commons.console",
                  "commons.shutdown",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug")),
          Map.entry("signal", Set.of("commons.http", "commons.settings", "domain.port")),
          Map.entry("access", Set.of("commons.retry", "domain", "domain.port", "slug")),
          Map.entry(
              "retention", Set.of("commons.shutdown", "domain", "domain.port", "slug", "storage")),
          Map.entry(
              "git.repository",
              Set.of("commons.file", "commons.shutdown", "commons.retry", "domain", "domain.port")),
          Map.entry("git.pack", Set.of()),
          Map.entry("git.source", Set.of("domain", "slug.archive")),
          Map.entry("git.lfs", Set.of("commons.digest", "domain", "storage")),
          Map.entry(
              "git.push",
              Set.of(
                  "commons.disk",
                  "commons.console",
                  "commons.shutdown",
                  "domain",
                  "domain.port",
                  "slug",
                  "storage",
                  "buildlog",
                  "failure",
                  "git.repository",
                  "git.pack",
                  "git.source",
                  "git.lfs",
                  "git.concurrency",
                  "git.push.refusal",
                  "build.intake")),
          Map.entry("git.push.refusal", Set.of("domain", "failure", "git.pack")),
          Map.entry(
              "git.http",
              Set.of(
                  "commons.disk",
                  "domain",
                  "access",
                  "git.repository",
                  "git.pack",
                  "git.push",
                  "git.concurrency",
                  "git.http.fetch",
                  "git.http.lfs",
                  "git.http.protocol",
                  "git.http.receive")),
          Map.entry(
              "git.http.lfs",
              Set.of(
                  "commons.disk",
                  "commons.http",
                  "commons.http.header",
                  "commons.shutdown",
                  "domain",
                  "git.concurrency",
                  "git.http.protocol",
                  "git.lfs",
                  "storage")),
          Map.entry(
              "git.http.fetch",
              Set.of(
                  "commons.http",
                  "domain",
                  "git.concurrency",
                  "git.http.protocol",
                  "git.repository")),
          Map.entry("git.http.protocol", Set.of("commons.http")),
          Map.entry(
              "git.http.receive",
              Set.of(
                  "buildlog",
                  "commons.disk",
                  "commons.http",
                  "commons.shutdown",
                  "domain",
                  "git.concurrency",
                  "git.http.protocol",
                  "git.pack",
                  "git.push",
                  "git.push.refusal",
                  "git.repository")),
          Map.entry("git.concurrency", Set.of()),
          Map.entry(
              "build",
              Set.of(
                  "commons.shutdown",
                  "commons.console",
                  "commons.disk",
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "storage",
                  "access",
                  "buildlog",
                  "git.repository")),
          Map.entry(
              "build.intake",
              Set.of(
                  "build",
                  "build.recovery",
                  "buildlog",
                  "commons.disk",
                  "domain",
                  "domain.port",
                  "slug",
                  "storage")),
          Map.entry(
              "build.maintenance",
              Set.of(
                  "build",
                  "build.recovery",
                  "build.supervision",
                  "buildlog",
                  "commons.shutdown",
                  "domain",
                  "domain.port",
                  "git.repository",
                  "slug",
                  "storage")),
          Map.entry(
              "build.recovery",
              Set.of("build", "commons.shutdown", "domain", "domain.port", "git.repository")),
          Map.entry(
              "build.supervision",
              Set.of(
                  "access",
                  "build",
                  "buildlog",
                  "commons.retry",
                  "commons.shutdown",
                  "domain",
                  "domain.port",
                  "git.repository",
                  "slug")),
          Map.entry(
              "release",
              Set.of(
                  "commons.shutdown",
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "access",
                  "buildlog")),
          Map.entry(
              "api",
              Set.of(
                  "commons.disk",
                  "commons.console",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "storage",
                  "storage.directory",
                  "storage.signed",
                  "access",
                  "api.attach",
                  "build",
                  "commons.http",
                  "commons.http.header",
                  "commons.shutdown",
                  "retention",
                  "service",
                  "tls",
                  "buildlog")),
          Map.entry(
              "api.attach",
              Set.of("commons.http", "commons.shutdown", "domain", "domain.port", "failure")),
          Map.entry(
              "service",
              Set.of(
                  "commons.name",
                  "domain",
                  "domain.port",
                  "slug",
                  "access",
                  "build",
                  "buildlog",
                  "git.repository",
                  "retention",
                  "storage",
                  "tls")),
          Map.entry(
              "drain",
              Set.of(
                  "commons.http",
                  "commons.retry",
                  "commons.settings",
                  "commons.shutdown",
                  "domain",
                  "domain.port")),
          Map.entry("proxy", Set.of("domain", "domain.port")),
          Map.entry("tls", Set.of("commons.digest", "commons.shutdown", "domain", "domain.port")),
          Map.entry(
              "kubernetes",
              Set.of(
                  "slug",
                  "domain.port",
                  "kubernetes.client",
                  "kubernetes.desired",
                  "kubernetes.build",
                  "kubernetes.app",
                  "kubernetes.log",
                  "kubernetes.oneoff")),
          Map.entry(
              "kubernetes.client",
              Set.of(
                  "commons.console",
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "kubernetes.desired")),
          Map.entry(
              "kubernetes.desired", Set.of("commons.digest", "domain", "domain.port", "slug")),
          Map.entry(
              "kubernetes.build",
              Set.of(
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "slug",
                  "signal",
                  "kubernetes.client",
                  "kubernetes.desired")),
          Map.entry(
              "kubernetes.app",
              Set.of(
                  "commons.console",
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "slug",
                  "signal",
                  "kubernetes.client",
                  "kubernetes.desired")),
          Map.entry(
              "kubernetes.log",
              Set.of(
                  "commons.shutdown",
                  "domain",
                  "domain.port",
                  "failure",
                  "kubernetes.app",
                  "kubernetes.client",
                  "kubernetes.desired")),
          Map.entry(
              "kubernetes.oneoff",
              Set.of(
                  "commons.process",
                  "commons.retry",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "kubernetes.app",
                  "kubernetes.client",
                  "kubernetes.desired")),
          Map.entry(
              "process",
              Set.of(
                  "commons.shutdown",
                  "domain.port",
                  "process.sandbox",
                  "process.build",
                  "process.log",
                  "process.app")),
          Map.entry("process.log", Set.of("commons.console", "domain", "domain.port")),
          Map.entry(
              "process.sandbox",
              Set.of(
                  "commons.process",
                  "commons.console",
                  "commons.digest",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug")),
          Map.entry(
              "process.build",
              Set.of(
                  "commons.process",
                  "commons.console",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "signal",
                  "process.sandbox")),
          Map.entry(
              "process.app",
              Set.of(
                  "commons.file",
                  "commons.process",
                  "commons.console",
                  "domain",
                  "domain.port",
                  "failure",
                  "slug",
                  "signal",
                  "process.log",
                  "process.sandbox")),
          Map.entry(
              "metrics",
              Set.of(
                  "commons.database",
                  "commons.http",
                  "domain",
                  "domain.port",
                  "commons.metrics",
                  "auth.sql",
                  "buildlog",
                  "git.push",
                  "proxy",
                  "commons.settings",
                  "slug",
                  "git.concurrency")),
          Map.entry(
              "bootstrap",
              Set.of(
                  "commons.shutdown",
                  "commons.disk",
                  "commons.console",
                  "commons.database",
                  "commons.http",
                  "domain",
                  "domain.port",
                  "access",
                  "build",
                  "metrics",
                  "persistence",
                  "proxy",
                  "commons.settings",
                  "storage",
                  "storage.bucket",
                  "storage.directory",
                  "storage.gcs",
                  "storage.s3",
                  "storage.signed")),
          Map.entry(
              "bootstrap.pod",
              Set.of(
                  "commons.database",
                  "domain.port",
                  "commons.metrics",
                  "bootstrap",
                  "metrics",
                  "kubernetes.client",
                  "kubernetes.desired",
                  "persistence",
                  "commons.settings",
                  "signal")),
          Map.entry(
              "receiver",
              Set.of(
                  "commons.http",
                  "commons.database",
                  "domain",
                  "domain.port",
                  "slug",
                  "access",
                  "api",
                  "bootstrap",
                  "bootstrap.pod",
                  "build",
                  "buildlog",
                  "drain",
                  "git.http",
                  "git.http.fetch",
                  "git.http.lfs",
                  "git.http.receive",
                  "git.lfs",
                  "git.pack",
                  "git.push",
                  "git.repository",
                  "kubernetes",
                  "kubernetes.client",
                  "kubernetes.desired",
                  "metrics",
                  "proxy",
                  "retention",
                  "commons.shutdown",
                  "commons.settings",
                  "storage",
                  "git.concurrency",
                  "build.intake",
                  "build.maintenance",
                  "build.recovery",
                  "build.supervision")),
          Map.entry(
              "deployer",
              Set.of(
                  "commons.http",
                  "domain",
                  "domain.port",
                  "access",
                  "api",
                  "bootstrap",
                  "bootstrap.pod",
                  "build",
                  "kubernetes",
                  "kubernetes.client",
                  "metrics",
                  "release",
                  "service",
                  "commons.settings")),
          Map.entry(
              "local",
              Set.of(
                  "commons.file",
                  "commons.shutdown",
                  "commons.console",
                  "commons.http",
                  "commons.database",
                  "domain",
                  "domain.port",
                  "access",
                  "auth",
                  "commons.metrics",
                  "auth.sql",
                  "auth.account",
                  "auth.token",
                  "bootstrap",
                  "deployer",
                  "git.repository",
                  "metrics",
                  "persistence",
                  "process",
                  "process.sandbox",
                  "proxy",
                  "receiver",
                  "release",
                  "commons.settings",
                  "signal",
                  "storage",
                  "storage.signed",
                  "tls")));

  /** What only some packages may know of the world outside, and which. */
  private static final Map<List<String>, List<String>> OUTSIDE =
      Map.of(
          List.of("io.fabric8..", "io.kubernetes.."), List.of("kubernetes.."),
          List.of(
                  "java.sql..",
                  "javax.sql..",
                  "org.jdbi..",
                  "org.flywaydb..",
                  "org.sqlite..",
                  "org.postgresql..",
                  "com.zaxxer.."),
              List.of("persistence.."),
          List.of("io.micrometer..", "io.prometheus.."), List.of("metrics"),
          List.of("com.google.cloud..", "com.google.auth.."), List.of("storage.gcs"),
          List.of("software.amazon.."), List.of("storage.s3"),
          List.of("org.eclipse.jgit.."), List.of("git.."),
          List.of("org.eclipse.jetty.."), List.of("api.attach", "bootstrap", "git.http..", "proxy"),
          List.of("io.javalin.."),
              List.of(
                  "metrics",
                  "bootstrap",
                  "api",
                  "api.attach",
                  "signal",
                  "receiver",
                  "deployer",
                  "local"),
          List.of("okhttp3.."), List.of("drain", "kubernetes.client"),
          List.of("com.nimbusds.."), List.of("access"));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.platform")
          .that(
              not(
                  resideInAnyPackage(
                      "io.platform.commons..",
                      "io.platform.slug..",
                      "io.platform.auth..",
                      "io.platform.cli..",
                      "io.platform.testing..")));

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> packages = new TreeSet<>();
    classes.forEach(type -> packages.add(packageOf(type)));
    assertThat(PACKAGES.keySet()).containsAll(packages);
  }

  @TestFactory
  Stream<DynamicTest> usesOnlyWhatItMay() {
    return PACKAGES.keySet().stream()
        .sorted()
        .map(name ->
            dynamicTest(
                name, () -> mayUse(name, PACKAGES.getOrDefault(name, Set.of())).check(classes)));
  }

  private static ArchRule mayUse(String name, Set<String> others) {
    Set<String> allowed = new HashSet<>(others);
    allowed.add(name);
    String[] packages = allowed.stream().map(it -> ROOT + it).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.platform..").and(not(resideInAnyPackage(packages))))
        .allowEmptyShould(true);
  }

  @Test
  void classesHaveNoCycles() {
    slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles().check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.platform.(**)").should().beFreeOfCycles().check(classes);
  }

  @TestFactory
  Stream<DynamicTest> usesLibrariesOnlyWhereTheyBelong() {
    return OUTSIDE.entrySet().stream()
        .map(entry ->
            dynamicTest(
                entry.getKey().getFirst(),
                () -> onlyIn(entry.getValue(), entry.getKey()).check(classes)));
  }

  private static ArchRule onlyIn(List<String> packages, List<String> outside) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages.stream().map(it -> ROOT + it).toArray(String[]::new))
        .should()
        .dependOnClassesThat(resideInAnyPackage(outside.toArray(String[]::new)));
  }

  @Test
  void aSimpleNameStandsForOneClass() {
    Map<String, Set<String>> names = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        names.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>()).add(type.getName());
      }
    }
    names.values().removeIf(types -> types.size() == 1);
    assertThat(names).isEmpty();
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

  /** Permission, rule, store and signal are the services' job. */
  @Test
  void routesReachStoresOnlyThroughServices() {
    Set<String> stores = new TreeSet<>(Set.of(ObjectStore.class.getName()));
    for (RecordComponent store : Stores.class.getRecordComponents()) {
      stores.add(store.getType().getName());
    }
    noClasses()
        .that()
        .resideInAPackage(ROOT + "api..")
        .should()
        .accessTargetWhere(
            describe("the store", access -> stores.contains(access.getTargetOwner().getName())))
        .check(classes);
  }

  /** What wraps the port passes calls on. */
  @Test
  void onlyTheLifecycleEndsAndSettlesBuilds() {
    BuildId build = new BuildId("build");
    Method end = methodOf(Builds.class, it -> it.end(build, new BuildEnd.Canceled("ada")));
    Method settle = methodOf(Builds.class, it -> it.settle(build, Build.Outcome.ofDeployed()));
    noClasses()
        .that()
        .areNotAssignableTo(Builds.class)
        .and()
        .areNotAssignableTo(BuildLifecycle.class)
        .should()
        .callMethod(Builds.class, end.getName(), end.getParameterTypes())
        .orShould()
        .callMethod(Builds.class, settle.getName(), settle.getParameterTypes())
        .check(classes);
  }

  /** The method that a call of an interface calls. */
  private static <T> Method methodOf(Class<T> type, Consumer<T> call) {
    AtomicReference<Method> called = new AtomicReference<>();
    call.accept(
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  called.set(method);
                  return null;
                })));
    return called.get();
  }

  @Test
  void everyPackageIsNullMarked() {
    for (JavaClass type : classes) {
      JavaPackage in = type.getPackage();
      assertThat(in.isAnnotatedWith(NullMarked.class)).as(in.getName()).isTrue();
    }
  }
}
