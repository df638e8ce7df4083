package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Releases and builds that were made when an artifact was a slug, and a source a tar.zst. */
@ParameterizedClass
@EnumSource
class OlderArtifactsTest {
  private static final StoredObject STORED =
      new StoredObject("key", 1, new Sha256("00".repeat(32)));
  private static final AppId APP = new AppId("a");

  private final TestDatabase database;
  @TempDir Path directory;

  OlderArtifactsTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void areSlugsWhetherOrNotTheyWereRemoved() {
    DataSource source = database.source(database.at(directory));
    database.migrations().scripts().dataSource(source).target("10").load().migrate();
    Jdbi.create(source)
        .useHandle(sql -> {
          sql.execute(
              "INSERT INTO app (id, customer, namespace, name, status, config, created_at)"
                  + " VALUES ('a', 'c', 'acme', 'shop', 'active', '{}', 0)");
          release(sql, 1, "removed");
          release(sql, 2, "slug");
          build(sql, "received", null);
          build(sql, "stored", "key");
        });
    try (Fixture fixture = new Fixture(database, directory)) {
      assertThat(fixture.stores.releases().list(APP, 10))
          .extracting(Release::artifact)
          .containsExactly(new Artifact.Slug(STORED), new Artifact.Slug(STORED));
      assertThat(release(fixture, 1).removedAt()).contains(Instant.EPOCH);
      assertThat(release(fixture, 2).removed()).isFalse();
      assertThat(fixture.stores.builds().find(new BuildId("received")).orElseThrow().source())
          .isEmpty();
      assertThat(fixture.stores.builds().find(new BuildId("stored")).orElseThrow().source())
          .contains(new Source(STORED, SourceFormat.TAR_ZST));
    }
    assertThatThrownBy(() -> Jdbi.create(source).useHandle(sql -> release(sql, 3, "image")))
        .isInstanceOf(UnableToExecuteStatementException.class);
  }

  @Test
  void anImageIsReadAsItWasWritten() throws Exception {
    try (Fixture fixture = new Fixture(database, directory)) {
      App app = fixture.app("shop");
      Build build = fixture.open(app);
      fixture.stores.builds().accept(build.id(), Fixture.source("source"), Instant.now());
      Artifact image =
          new Artifact.Image("registry.example.com/shop:1", "sha256:" + "ab".repeat(32));
      ReleaseVersion version =
          fixture
              .stores
              .builds()
              .end(
                  build.id(),
                  new BuildEnd.Succeeded(image, Optional.empty(), "Node.js", Fixture.WEB))
              .build()
              .release()
              .orElseThrow();
      assertThat(fixture.stores.releases().find(app.id(), version).orElseThrow().artifact())
          .isEqualTo(image);
    }
  }

  private static Release release(Fixture fixture, int version) {
    return fixture.stores.releases().find(APP, new ReleaseVersion(version)).orElseThrow();
  }

  private static void release(Handle sql, int version, String artifact) {
    sql.execute(
        "INSERT INTO app_release (id, app_id, version, artifact, artifact_key, artifact_size, artifact_sha256,"
            + " config, process_types, cause, by_whom, status, created_at)"
            + " VALUES (?, 'a', ?, ?, 'key', 1, ?, '{}', '{}', '{\"code\":\"deploy\"}', 'ada@example.com', 'live', 0)",
        "r" + version,
        version,
        artifact,
        "00".repeat(32));
  }

  private static void build(Handle sql, String id, @Nullable String key) {
    sql.execute(
        "INSERT INTO build (id, app_id, origin, ref, old_commit_id, commit_id, by_whom, owner, status,"
            + " source_key, source_size, source_sha256, log_size, created_at, ended_at, settled_at)"
            + " VALUES (?, 'a', 'push', 'refs/heads/main', '0', '1', 'ada@example.com', 'receiver-1', 'failed', ?, 1, ?, 0, 0, 0, 0)",
        id,
        key,
        "00".repeat(32));
  }
}
