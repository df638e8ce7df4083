package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.AppId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Releases that were made before their cause had a code. */
@ParameterizedClass
@EnumSource
class OlderReleasesTest {
  private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

  private final TestDatabase database;
  @TempDir Path directory;

  OlderReleasesTest(TestDatabase database) {
    this.database = database;
  }

  private static ReleaseCause change(Set<String> set, Set<String> unset) {
    return new ReleaseCause.ConfigChange(new TreeSet<>(set), new TreeSet<>(unset));
  }

  @Test
  void saySinceThenWhatMadeThem() {
    DatabaseConfig config = database.at(directory);
    DataSource source = database.source(config);
    database.migrations().scripts().dataSource(source).target("5").load().migrate();
    Jdbi.create(source)
        .useHandle(sql -> {
          sql.execute(
              "INSERT INTO app (id, customer, namespace, name, status, config, created_at)"
                  + " VALUES ('a', 'c', 'acme', 'shop', 'active', '{}', 0)");
          insert(sql, 1, "deploy", "Deploy 1a2b3c4", COMMIT);
          insert(sql, 2, "config", "Set A, B config vars", COMMIT);
          insert(sql, 3, "config", "Unset A config vars", COMMIT);
          insert(sql, 4, "config", "Set C and unset B, D config vars", COMMIT);
          insert(sql, 5, "rollback", "Rollback to v12", COMMIT);
          insert(sql, 6, "deploy", "Deploy", "");
        });
    try (Fixture fixture = new Fixture(database, directory)) {
      List<Release> releases = fixture.stores.releases().list(new AppId("a"), 10);
      assertThat(releases.reversed())
          .extracting(Release::cause)
          .containsExactly(
              new ReleaseCause.Deploy(Optional.of(COMMIT)),
              change(Set.of("A", "B"), Set.of()),
              change(Set.of(), Set.of("A")),
              change(Set.of("C"), Set.of("B", "D")),
              new ReleaseCause.Rollback(new ReleaseVersion(12)),
              new ReleaseCause.Deploy(Optional.empty()));
    }
  }

  private static void insert(Handle sql, int version, String kind, String cause, String commit) {
    sql.execute(
        "INSERT INTO app_release (id, app_id, version, kind, artifact, artifact_key, artifact_size, artifact_sha256,"
            + " config, process_types, cause, commit_id, by_whom, status, created_at)"
            + " VALUES (?, 'a', ?, ?, 'slug', 'key', 1, ?, '{}', '{}', ?, nullif(?, ''), 'ada@example.com', 'live', 0)",
        "r" + version,
        version,
        kind,
        "00".repeat(32),
        cause,
        commit);
  }
}
