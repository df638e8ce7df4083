package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.slug.SlugProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds and releases that failed before their failures had codes. */
@ParameterizedClass
@EnumSource
class OlderFailuresTest {
  private static final String SENTENCE = "npm ci \"failed\" in C:\\app.\nIt's above: fix it.";

  private final TestDatabase database;
  @TempDir Path directory;

  OlderFailuresTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void keepTheirSentence() {
    DatabaseConfig config = database.at(directory);
    DataSource source = database.source(config);
    database.migrations().scripts().dataSource(source).target("7").load().migrate();
    Jdbi.create(source)
        .useHandle(sql -> {
          sql.execute(
              "INSERT INTO app (id, customer, namespace, name, status, config, created_at)"
                  + " VALUES ('a', 'c', 'acme', 'shop', 'active', '{}', 0)");
          insert(sql, 1, "failed", "rejected", SENTENCE);
          insert(sql, 2, "succeeded", "deployed", "");
          release(sql, 1, "failed", SENTENCE, "\"no\" connection");
          release(sql, 2, "live", "", "");
        });
    try (Fixture fixture = new Fixture(database, directory)) {
      List<Build> builds = fixture.stores.builds().list(new AppId("a"), 10);
      assertThat(builds.reversed())
          .extracting(Build::failure)
          .containsExactly(
              Optional.of(new BuildFailureCause.StoredSentence(SENTENCE)), Optional.empty());
      assertThat(builds.reversed())
          .extracting(Build::outcome)
          .containsExactly(
              Optional.of(Build.Outcome.rejected(new DeployFailureCause.StoredSentence(SENTENCE))),
              Optional.of(Build.Outcome.ofDeployed()));
      List<Release> releases = fixture.stores.releases().list(new AppId("a"), 10);
      assertThat(releases.reversed())
          .extracting(Release::failure)
          .containsExactly(
              Optional.of(new ReleaseFailureCause.StoredSentence(SENTENCE)), Optional.empty());
      assertThat(releases.reversed())
          .extracting(release -> fixture.stores.releases().slugProblem(release.id()))
          .containsExactly(
              Optional.of(new SlugProblem.Described("\"no\" connection")), Optional.empty());
    }
  }

  private static void insert(
      Handle sql, int number, String status, String outcome, String message) {
    sql.execute(
        "INSERT INTO build (id, app_id, origin, ref, old_commit_id, commit_id, by_whom, push_options, owner, status, message,"
            + " outcome, outcome_message, log_size, created_at, ended_at, settled_at)"
            + " VALUES (?, 'a', 'push', 'refs/heads/main', '0', '1', 'ada@example.com', '', 'o', ?, nullif(?, ''), ?, ?, 0, ?, 1, 1)",
        "b" + number,
        status,
        message,
        outcome,
        message,
        number);
  }

  private static void release(
      Handle sql, int version, String status, String message, String slugProblem) {
    sql.execute(
        "INSERT INTO app_release (id, app_id, version, artifact, artifact_key, artifact_size, artifact_sha256, config,"
            + " process_types, cause, by_whom, status, message, slug_problem, created_at)"
            + " VALUES (?, 'a', ?, 'slug', 'key', 1, ?, '{}', '{}', '{\"code\":\"deploy\"}', 'ada@example.com', ?, nullif(?, ''), nullif(?, ''), 0)",
        "r" + version,
        version,
        "00".repeat(32),
        status,
        message,
        slugProblem);
  }
}
