package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import io.platform.domain.Release;
import io.platform.domain.ReleaseDraft;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.StoredObject;
import io.platform.persistence.database.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Writes releases within a transaction that holds the app's row. */
final class ReleaseWrites {
  private final InstantSource clock;
  private final ConfigColumns configs;
  private final ReleaseRows rows;

  ReleaseWrites(InstantSource clock, ConfigColumns configs) {
    this.clock = clock;
    this.configs = configs;
    this.rows = new ReleaseRows(configs);
  }

  /** Writes the release under the next number and desires it; those that wait are superseded. */
  Release desire(Transaction tx, AppId app, ReleaseDraft draft) {
    supersedePending(tx, app);
    ReleaseVersion version = next(tx, app);
    insert(tx, app, version, draft);
    setDesired(tx, app, Optional.of(version));
    return rows.find(tx.sql(), app, version).orElseThrow();
  }

  private void supersedePending(Transaction tx, AppId app) {
    List<Release> pending =
        rows.list(
            tx.sql(),
            "WHERE app_id = ? AND status = ?",
            app.value(),
            Columns.word(Release.Status.PENDING));
    for (Release release : pending) {
      end(
          tx,
          release,
          Release.Status.SUPERSEDED,
          Optional.of(new ReleaseFailureCause.Superseded()));
    }
  }

  /** Writes how a pending release ended. */
  static void end(
      Transaction tx,
      Release release,
      Release.Status status,
      Optional<ReleaseFailureCause> failure) {
    tx.sql()
        .execute(
            "UPDATE app_release SET status = ?, failure = ? WHERE id = ? AND status = ?",
            Columns.word(status),
            failure.map(JsonColumn.RELEASE_FAILURE::text),
            release.id().value(),
            Columns.word(Release.Status.PENDING));
    release.build().ifPresent(tx::changed);
    tx.changed(release.app());
  }

  private static ReleaseVersion next(Transaction tx, AppId app) {
    return new ReleaseVersion(
        tx.sql()
            .select(
                "SELECT coalesce(max(version), 0) + 1 FROM app_release WHERE app_id = ?",
                app.value())
            .mapTo(Integer.class)
            .one());
  }

  private void insert(Transaction tx, AppId app, ReleaseVersion version, ReleaseDraft draft) {
    Instant now = clock.instant();
    ReleaseId id = new ReleaseId(Ids.next(now));
    ArtifactColumns artifact = ArtifactColumns.of(draft.artifact());
    tx.sql()
        .execute(
            "INSERT INTO app_release (id, app_id, version, artifact, artifact_key, artifact_size, artifact_sha256, artifact_reference, artifact_digest,"
                + " config, process_types, app_json, cause, commit_id, build_id, by_whom, status, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id.value(),
            app.value(),
            version.number(),
            artifact.kind(),
            artifact.object().map(StoredObject::key),
            artifact.object().map(StoredObject::size),
            artifact.object().map(object -> object.sha256().hex()),
            artifact.reference(),
            artifact.digest(),
            configs.text(app, id, draft.config()),
            JsonColumn.PROCESS_TYPES.text(draft.processTypes()),
            Optional.of(draft.appJson()).filter(it -> !it.isEmpty()).map(JsonColumn.APP_JSON::text),
            JsonColumn.RELEASE_CAUSE.text(draft.cause()),
            draft.commit(),
            draft.build().map(BuildId::value),
            draft.by(),
            Columns.word(Release.Status.PENDING),
            now.toEpochMilli());
  }

  static void setDesired(Transaction tx, AppId app, Optional<ReleaseVersion> version) {
    tx.sql()
        .execute(
            "UPDATE app SET desired = ? WHERE id = ?",
            version.map(ReleaseVersion::number),
            app.value());
    tx.changed(app);
  }

  static void setLive(Transaction tx, AppId app, ReleaseVersion version) {
    tx.sql().execute("UPDATE app SET live = ? WHERE id = ?", version.number(), app.value());
    tx.changed(app);
  }
}
