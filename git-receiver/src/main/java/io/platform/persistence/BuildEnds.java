package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.FirstDeployRule;
import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseDraft;
import io.platform.domain.StoredObject;
import io.platform.domain.WebRule;
import io.platform.domain.port.Builds;
import io.platform.persistence.database.Transaction;
import java.time.InstantSource;
import java.util.Optional;

/** Ends builds in the database: once, and with a release where a build succeeded. */
final class BuildEnds {
  private final ReleaseWrites releases;
  private final ReleaseRows rows;
  private final ConfigColumns configs;
  private final InstantSource clock;
  private final AppEventWrites events;

  BuildEnds(InstantSource clock, ConfigColumns configs, AppEventWrites events) {
    this.events = events;
    this.releases = new ReleaseWrites(clock, configs);
    this.rows = new ReleaseRows(configs);
    this.configs = configs;
    this.clock = clock;
  }

  Builds.Ended end(Transaction tx, BuildId id, BuildEnd reported) {
    Build build = BuildRows.get(tx.sql(), id);
    tx.lock(build.app());
    tx.lock(id);
    BuildEnd end = WebRule.check(build.origin(), live(tx, build), reported);
    boolean first =
        tx.sql()
                .execute(
                    "UPDATE build SET status = ?, failure = ?, exit_code = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL",
                    Columns.word(end.status()),
                    end.failure().map(JsonColumn.BUILD_FAILURE::text),
                    end.failure().flatMap(BuildFailureCause::exitCode),
                    clock.millis(),
                    id.value())
            == 1;
    if (first) {
      tx.changed(id);
      if (end instanceof BuildEnd.Succeeded succeeded) {
        release(tx, build, succeeded);
      }
    }
    return new Builds.Ended(first, BuildRows.get(tx.sql(), id));
  }

  private Optional<Release> live(Transaction tx, Build build) {
    return AppRows.get(tx.sql(), build.app())
        .live()
        .flatMap(version -> rows.find(tx.sql(), build.app(), version));
  }

  private void release(Transaction tx, Build build, BuildEnd.Succeeded end) {
    applyDeclared(tx, build, end);
    Release release =
        releases.desire(
            tx,
            build.app(),
            ReleaseDraft.ofBuild(build, end, configs.ofApp(tx.sql(), build.app())));
    events.add(
        tx,
        build.app(),
        build.origin().by(),
        new AppEvent.Deployed(release.version(), release.commit()));
    tx.sql()
        .execute(
            "UPDATE build SET release = ? WHERE id = ?",
            release.version().number(),
            build.id().value());
    tx.sql()
        .execute(
            "UPDATE app SET cache_key = ?, cache_size = ?, cache_sha256 = ? WHERE id = ?",
            end.cache().map(StoredObject::key),
            end.cache().map(StoredObject::size),
            end.cache().map(cache -> cache.sha256().hex()),
            build.app().value());
  }

  /** Before its first release is live, an app takes over what its app.json declares. */
  private void applyDeclared(Transaction tx, Build build, BuildEnd.Succeeded end) {
    App app = AppRows.get(tx.sql(), build.app());
    if (app.live().isPresent()) {
      return;
    }
    Formation formation = FirstDeployRule.formation(app.formation(), end.appJson());
    if (!formation.equals(app.formation())) {
      tx.sql()
          .execute(
              "UPDATE app SET formation = ? WHERE id = ?",
              JsonColumn.FORMATION.text(formation),
              app.id().value());
    }
    Config before = configs.ofApp(tx.sql(), app.id());
    Config after = FirstDeployRule.config(before, end.appJson(), configs.secretSeed(build.id()));
    if (!after.equals(before)) {
      configs.set(tx, app.id(), after);
      ReleaseCause.ConfigChange change = ReleaseCause.ConfigChange.between(before, after);
      events.add(
          tx,
          app.id(),
          build.origin().by(),
          new AppEvent.ConfigChanged(change.set(), change.unset()));
    }
  }
}
