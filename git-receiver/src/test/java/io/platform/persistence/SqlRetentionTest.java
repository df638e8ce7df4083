package io.platform.persistence;

import static io.platform.persistence.Fixture.LIVE;
import static io.platform.persistence.Fixture.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.RollbackRule.Refusal;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.BuildLogs.LogArchived;
import io.platform.domain.port.Releases.NoRollback;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlRetentionTest {
  private static final RetentionLimits TWO = new RetentionLimits(2, 2);

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private App app;

  SqlRetentionTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String source(BuildId build) {
    return "source/" + build;
  }

  private BuildId deploy(RolloutEnd end) throws Exception {
    Build build = fixture.open(app);
    fixture.stores.builds().accept(build.id(), Fixture.source(source(build.id())), Instant.now());
    fixture.stores.buildLog().append(build.id(), "test", "line", "compiling");
    ReleaseVersion version =
        fixture
            .stores
            .builds()
            .end(build.id(), Fixture.succeeded(build))
            .build()
            .release()
            .orElseThrow();
    fixture.stores.releases().rolledOut(app.id(), version, end);
    fixture.stores.builds().settle(build.id(), Build.Outcome.ofDeployed());
    return build.id();
  }

  private List<BuildId> deployed(int times) throws Exception {
    List<BuildId> builds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      builds.add(deploy(LIVE));
    }
    return builds;
  }

  private RetainedObjects keep() {
    return fixture.stores.apps().keep(app.id(), TWO);
  }

  private Release release(int version) {
    return fixture.stores.releases().find(app.id(), new ReleaseVersion(version)).orElseThrow();
  }

  @Test
  void keepsSourcesAndLogsOfTheNewestBuilds() throws Exception {
    List<BuildId> builds = deployed(4);
    RetainedObjects retained = keep();
    assertThat(retained.logs()).containsExactlyInAnyOrder(builds.get(2), builds.get(3));
    assertThat(retained.endedBuilds()).containsExactlyInAnyOrder(builds.get(0), builds.get(1));
    assertThat(retained.keys())
        .contains(source(builds.get(2)), source(builds.get(3)))
        .doesNotContain(source(builds.get(0)), source(builds.get(1)));
    Build removed = fixture.stores.builds().find(builds.get(0)).orElseThrow();
    assertThat(removed.removedAt()).isPresent();
    assertThat(removed.source()).isEmpty();
    assertThatThrownBy(() -> fixture.stores.buildLog().read(removed.id(), 0, 100))
        .isInstanceOf(LogArchived.class);
    assertThat(fixture.stores.builds().unarchived(Instant.now().plusSeconds(1)))
        .extracting(Build::id)
        .containsExactly(builds.get(2), builds.get(3));
    assertThat(keep().endedBuilds()).isEmpty();
  }

  @Test
  void aLogThatWasRemovedMeanwhileIsNotArchived() throws Exception {
    List<BuildId> builds = deployed(3);
    keep();
    fixture.stores.buildLog().archived(builds.get(0), "log");
    assertThat(fixture.stores.builds().find(builds.get(0)).orElseThrow().archivedLog()).isEmpty();
  }

  @Test
  void keepsAllOfABuildThatIsNotSettled() throws Exception {
    deployed(2);
    Build running = fixture.open(app);
    RetainedObjects retained = keep();
    assertThat(retained.unsettled()).containsExactly(running.id());
    assertThat(retained.logs()).hasSize(1);
  }

  @Test
  void keepsTheCacheThatTheNextBuildGets() throws Exception {
    List<BuildId> builds = deployed(3);
    assertThat(keep().keys())
        .contains("cache/" + builds.get(2))
        .doesNotContain("cache/" + builds.get(1));
  }

  @Test
  void refusesARollbackToASlugThatWasRemoved() throws Exception {
    deployed(3);
    assertThat(keep().endedReleases()).containsExactly(new ReleaseVersion(1));
    assertThat(release(1).removed()).isTrue();
    assertThatThrownBy(() ->
            fixture.stores.releases().rollback(app.id(), Optional.of(new ReleaseVersion(1)), "ada"))
        .isInstanceOfSatisfying(
            NoRollback.class,
            e ->
                assertThat(e.refusal())
                    .isEqualTo(
                        new Refusal.SlugRemoved(new ReleaseVersion(1), release(1).commit())));
    assertThat(fixture.stores.releases().rollback(app.id(), Optional.empty(), "ada").cause())
        .isEqualTo(new ReleaseCause.Rollback(new ReleaseVersion(2)));
  }

  @Test
  void aSlugStaysAsLongAsOneReleaseThatIsKeptRunsIt() throws Exception {
    List<BuildId> builds = deployed(2);
    Release back =
        fixture.stores.releases().rollback(app.id(), Optional.of(new ReleaseVersion(1)), "ada");
    fixture.stores.releases().rolledOut(app.id(), back.version(), LIVE);
    BuildId newest = deploy(LIVE);
    RetainedObjects retained = keep();
    assertThat(retained.keys())
        .contains("slug/" + builds.get(0), "slug/" + newest)
        .doesNotContain("slug/" + builds.get(1));
    assertThat(retained.endedReleases()).containsExactly(new ReleaseVersion(2));
    assertThat(release(1).removed()).isFalse();
  }

  @Test
  void changesOfTheConfigPushNoSlugOut() throws Exception {
    deployed(2);
    for (int i = 0; i < 10; i++) {
      fixture.configure(app, "N", Integer.toString(i));
      fixture.stores.releases().rolledOut(app.id(), new ReleaseVersion(3 + i), LIVE);
    }
    assertThat(keep().endedReleases()).isEmpty();
  }

  @Test
  void failuresPushOutNothingThatOneCanGoBackTo() throws Exception {
    List<BuildId> good = deployed(2);
    for (int i = 0; i < 5; i++) {
      deploy(failed("it exits"));
    }
    RetainedObjects retained = keep();
    assertThat(retained.keys()).contains("slug/" + good.get(0), "slug/" + good.get(1));
    assertThat(retained.endedReleases())
        .containsExactly(new ReleaseVersion(5), new ReleaseVersion(4), new ReleaseVersion(3));
    assertThat(fixture.stores.releases().rollback(app.id(), Optional.empty(), "ada").cause())
        .isEqualTo(new ReleaseCause.Rollback(new ReleaseVersion(1)));
  }

  @Test
  void keepsWhatRunsAndWhatShouldRun() throws Exception {
    BuildId live = deployed(1).getFirst();
    BuildId wanted = null;
    for (int i = 0; i < 4; i++) {
      wanted = deploy(new RolloutEnd.Superseded());
    }
    assertThat(keep().keys()).contains("slug/" + live, "slug/" + wanted);
  }

  @Test
  void tellsBeforehandWhatItWouldDecide() throws Exception {
    deployed(4);
    RetainedObjects would = fixture.stores.apps().wouldKeep(app.id(), TWO);
    assertThat(fixture.stores.apps().wouldKeep(app.id(), TWO)).isEqualTo(would);
    assertThat(release(1).removed()).isFalse();
    assertThat(keep()).isEqualTo(would);
  }
}
