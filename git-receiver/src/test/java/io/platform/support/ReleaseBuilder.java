package io.platform.support;

import io.platform.domain.AppId;
import io.platform.domain.Artifact;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.slug.AppJson;
import io.platform.slug.ProcessTypes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Makes releases for tests: deploys of a slug that have not come up yet, and copies that differ.
 */
public final class ReleaseBuilder {
  private final ReleaseId id;
  private final AppId app;
  private final ReleaseVersion version;
  private Artifact artifact =
      new Artifact.Slug(new StoredObject("key", 1, new Sha256("ab".repeat(32))));
  private Config config = Config.EMPTY;
  private ProcessTypes processTypes = new ProcessTypes(Map.of("web", "serve"));
  private AppJson appJson = AppJson.NONE;
  private ReleaseCause cause = new ReleaseCause.Deploy(Optional.empty());
  private Optional<String> commit = Optional.empty();
  private Optional<BuildId> build = Optional.empty();
  private String by = "jo@example.com";
  private Release.Status status = Release.Status.PENDING;
  private Optional<ReleaseFailureCause> failure = Optional.empty();
  private Instant createdAt = Instant.EPOCH;
  private Optional<Instant> removedAt = Optional.empty();

  private ReleaseBuilder(ReleaseId id, AppId app, ReleaseVersion version) {
    this.id = id;
    this.app = app;
    this.version = version;
  }

  /** A deploy of a slug whose web process is {@code serve}. */
  public static ReleaseBuilder of(String id, AppId app, int version) {
    return new ReleaseBuilder(new ReleaseId(id), app, new ReleaseVersion(version));
  }

  /** The same release, to be changed. */
  public static ReleaseBuilder from(Release release) {
    ReleaseBuilder same = new ReleaseBuilder(release.id(), release.app(), release.version());
    same.artifact = release.artifact();
    same.config = release.config();
    same.processTypes = release.processTypes();
    same.appJson = release.appJson();
    same.cause = release.cause();
    same.commit = release.commit();
    same.build = release.build();
    same.by = release.by();
    same.status = release.status();
    same.failure = release.failure();
    same.createdAt = release.createdAt();
    same.removedAt = release.removedAt();
    return same;
  }

  public ReleaseBuilder artifact(Artifact made) {
    artifact = made;
    return this;
  }

  public ReleaseBuilder config(Config vars) {
    config = vars;
    return this;
  }

  public ReleaseBuilder processTypes(ProcessTypes types) {
    processTypes = types;
    return this;
  }

  public ReleaseBuilder appJson(AppJson declared) {
    appJson = declared;
    return this;
  }

  public ReleaseBuilder cause(ReleaseCause why) {
    cause = why;
    return this;
  }

  public ReleaseBuilder commit(String id) {
    commit = Optional.of(id);
    return this;
  }

  public ReleaseBuilder madeBy(BuildId id) {
    build = Optional.of(id);
    return this;
  }

  public ReleaseBuilder by(String user) {
    by = user;
    return this;
  }

  public ReleaseBuilder status(Release.Status now) {
    status = now;
    return this;
  }

  public ReleaseBuilder createdAt(Instant time) {
    createdAt = time;
    return this;
  }

  public ReleaseBuilder removedAt(Instant time) {
    removedAt = Optional.of(time);
    return this;
  }

  public Release build() {
    return new Release(
        id,
        app,
        version,
        artifact,
        config,
        processTypes,
        appJson,
        cause,
        commit,
        build,
        by,
        status,
        failure,
        createdAt,
        removedAt);
  }
}
