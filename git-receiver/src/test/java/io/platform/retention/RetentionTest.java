package io.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetentionLimits;
import io.platform.domain.RollbackRule;
import io.platform.domain.RolloutEnd;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Releases.NoRollback;
import io.platform.slug.ProcessTypes;
import io.platform.storage.ObjectInfo;
import io.platform.support.AppBuilder;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  @TempDir Path data;

  private TestPlatform platform;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    app = platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private RetentionConfig config(int builds, int releases) {
    return new RetentionConfig(
        new RetentionLimits(builds, releases), Duration.ofHours(1), Duration.ofHours(1), false);
  }

  private Retention retention(int builds, int releases) {
    return retention(builds, releases, Duration.ZERO);
  }

  private Retention retention(int builds, int releases, Duration later) {
    return new Retention(
        config(builds, releases),
        platform.stores.apps(),
        platform.stores.builds(),
        platform.objects.store(),
        platform.keys,
        () -> Instant.now().plus(later));
  }

  private OrphanSweep sweep(Retention retention) {
    return new OrphanSweep(
        false, retention, platform.stores.apps(), platform.objects.store(), platform.keys);
  }

  /** A push that went live, with all that is stored for it. */
  private BuildId deployed(App of) {
    BuildId id = platform.accepted(of);
    StoredObject slug = platform.store(platform.keys.slug(of, id), "slug of " + id);
    StoredObject cache = platform.store(platform.keys.cache(of, id), "cache of " + id);
    ReleaseVersion version =
        platform
            .stores
            .builds()
            .end(
                id,
                new BuildEnd.Succeeded(
                    new Artifact.Slug(slug),
                    Optional.of(cache),
                    "Node.js",
                    new ProcessTypes(Map.of("web", "node ."))))
            .build()
            .release()
            .orElseThrow();
    platform.stores.releases().rolledOut(of.id(), version, new RolloutEnd.Live());
    platform.stores.builds().settle(id, Build.Outcome.ofDeployed());
    platform.stores.log().archived(id, platform.store(platform.keys.log(of, id), "log").key());
    return id;
  }

  private List<String> stored() throws IOException {
    try (Stream<ObjectInfo> all = platform.objects.store().list("cluster/")) {
      return all.map(ObjectInfo::key).toList();
    }
  }

  private long stored(String kind) throws IOException {
    return stored().stream().filter(key -> key.endsWith("/" + kind)).count();
  }

  @Test
  void afterFiftyBuildsOnlyWhatIsKeptIsStored() throws Exception {
    for (int i = 0; i < 50; i++) {
      deployed(app);
    }
    Removals planned = retention(5, 3).plan(app, new RetentionLimits(5, 3));
    assertThat(stored()).hasSize(200);
    Removals removals = retention(5, 3).run(app);
    assertThat(removals).isEqualTo(planned);
    assertThat(stored("source")).isEqualTo(5);
    assertThat(stored("log")).isEqualTo(5);
    assertThat(stored("slug")).isEqualTo(3);
    assertThat(stored("cache")).isEqualTo(1);
    assertThat(removals.objects()).hasSize(200 - 14);
    assertThat(removals.releases()).hasSize(47);
    assertThat(retention(5, 3).run(app).objects()).isEmpty();
  }

  @Test
  void aKillBetweenDecisionAndDeletionIsRepairedByTheNextRun() throws Exception {
    for (int i = 0; i < 4; i++) {
      deployed(app);
    }
    platform.stores.apps().keep(app.id(), new RetentionLimits(2, 2));
    assertThat(stored()).hasSize(16);
    retention(2, 2).run(app);
    assertThat(stored()).hasSize(7);
  }

  @Test
  void leavesWhatABuildIsJustStoring() throws Exception {
    deployed(app);
    BuildId running = platform.accepted(app);
    platform.store(platform.keys.slug(app, running), "slug");
    platform.store(platform.keys.cache(app, running), "cache");
    assertThat(retention(1, 2, Duration.ofDays(30)).run(app).objects())
        .extracting(Removal::build)
        .doesNotContain(running.value());
  }

  @Test
  void leavesALogThatIsStoredAndNotYetWrittenDown() throws Exception {
    BuildId id = platform.accepted(app);
    platform
        .stores
        .builds()
        .end(id, new BuildEnd.Failed(new BuildFailureCause.Reported(30, "No.")));
    platform
        .stores
        .builds()
        .settle(id, Build.Outcome.rejected(new DeployFailureCause.StoredSentence("No.")));
    platform.store(platform.keys.log(app, id), "log");
    assertThat(retention(1, 2).run(app).objects()).isEmpty();
  }

  @Test
  void removesWhatAFailedBuildLeftUnused() throws Exception {
    BuildId id = platform.accepted(app);
    platform.store(platform.keys.slug(app, id), "slug");
    platform.store(platform.keys.cache(app, id), "cache");
    platform
        .stores
        .builds()
        .end(id, new BuildEnd.Failed(new BuildFailureCause.Reported(60, "No.")));
    platform
        .stores
        .builds()
        .settle(id, Build.Outcome.rejected(new DeployFailureCause.StoredSentence("No.")));
    assertThat(retention(1, 2).run(app).objects())
        .extracting(Removal::kind, Removal::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("slug", Removal.Reason.UNUSED),
            org.assertj.core.groups.Tuple.tuple("cache", Removal.Reason.UNUSED));
    assertThat(stored("source")).isEqualTo(1);
  }

  @Test
  void removesOrphansOnceTheyAreOldEnough() throws Exception {
    deployed(app);
    App gone =
        AppBuilder.of("gone", "customer-acme", "acme", "gone")
            .host("gone-acme.apps.test")
            .createdAt(Instant.now())
            .build();
    String ofNoApp = platform.keys.slug(gone, new BuildId("b1"));
    String ofNoBuild = platform.keys.slug(app, new BuildId("b2"));
    platform.store(ofNoApp, "slug");
    platform.store(ofNoBuild, "slug");
    platform.store("other-cluster/customer/acme/gone/builds/b3/slug", "another installation's");

    sweep(retention(9, 9)).run();
    assertThat(stored()).contains(ofNoApp, ofNoBuild).hasSize(6);

    sweep(retention(9, 9, Duration.ofHours(2))).run();
    assertThat(stored()).doesNotContain(ofNoApp, ofNoBuild).hasSize(4);
    assertThat(platform.objects.store().stat("other-cluster/customer/acme/gone/builds/b3/slug"))
        .isPresent();
  }

  @Test
  void sweepsAllAppsOfTheInstallation() throws Exception {
    App second = platform.app("site");
    for (int i = 0; i < 3; i++) {
      deployed(app);
      deployed(second);
    }
    sweep(retention(1, 2)).run();
    assertThat(stored("source")).isEqualTo(2);
    assertThat(stored("slug")).isEqualTo(4);
    assertThat(stored("cache")).isEqualTo(2);
  }

  @Test
  void sweepsTheOthersWhereItFailsForOneApp() throws Exception {
    App second = platform.app("site");
    BuildId damaged = deployed(app);
    for (int i = 0; i < 3; i++) {
      deployed(second);
    }
    damage(damaged);
    assertThatThrownBy(() -> sweep(retention(1, 2)).run())
        .isInstanceOf(IOException.class)
        .hasMessage("1 of the steps of a sweep failed");
    assertThat(stored().stream().filter(key -> key.startsWith(platform.keys.app(second))))
        .hasSize(5);
  }

  /** As a fault of the disk or of an operator does. */
  private void damage(BuildId build) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("platform.db"));
        PreparedStatement update =
            database.prepareStatement("UPDATE build SET status = 'strange' WHERE id = ?")) {
      update.setString(1, build.value());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void aDryRunOfTheSweepRemovesNothing() throws Exception {
    for (int i = 0; i < 3; i++) {
      deployed(app);
    }
    new OrphanSweep(
            true, retention(1, 2), platform.stores.apps(), platform.objects.store(), platform.keys)
        .run();
    assertThat(stored()).hasSize(12);
    assertThat(platform.stores.releases().list(app.id(), 9)).noneMatch(Release::removed);
  }

  @Test
  void whateverRunsAtTheSameTimeEachReleaseThatIsOfferedHasItsSlug() throws Exception {
    for (int i = 0; i < 8; i++) {
      deployed(app);
    }
    Retention retention = retention(1, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int worker = 0; worker < 3; worker++) {
        Random random = new Random(worker);
        work.add(
            threads.submit(() -> {
              for (int i = 0; i < 30; i++) {
                rollBack(1 + random.nextInt(8));
              }
              return null;
            }));
      }
      work.add(
          threads.submit(() -> {
            for (int i = 0; i < 40; i++) {
              retention.run(app);
            }
            return null;
          }));
      for (Future<?> each : work) {
        each.get();
      }
    }
    retention.run(app);
    List<String> stored = stored();
    for (Release release : platform.stores.releases().list(app.id(), 1000)) {
      if (!release.removed() && release.artifact() instanceof Artifact.Slug(StoredObject slug)) {
        assertThat(stored).contains(slug.key());
      }
    }
  }

  private void rollBack(int version) {
    try {
      Release back =
          platform
              .stores
              .releases()
              .rollback(app.id(), Optional.of(new ReleaseVersion(version)), "ann@example.com");
      platform.stores.releases().rolledOut(app.id(), back.version(), new RolloutEnd.Live());
    } catch (NoRollback refused) {
      assertThat(refused.refusal()).isInstanceOf(RollbackRule.Refusal.SlugRemoved.class);
    }
  }
}
