package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.Config;
import io.platform.domain.ConfigRule;
import io.platform.domain.DesiredState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseDraft;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RollbackRule;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutRule;
import io.platform.domain.port.Releases;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import io.platform.slug.SlugProblem;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlReleases implements Releases {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final ConfigColumns configs;
  private final ReleaseRows rows;
  private final ReleaseWrites writes;
  private final AppEventWrites events;

  SqlReleases(
      TransactionRunner database,
      InstantSource clock,
      ConfigColumns configs,
      AppEventWrites events) {
    this.database = database;
    this.events = events;
    this.clock = clock;
    this.configs = configs;
    this.rows = new ReleaseRows(configs);
    this.writes = new ReleaseWrites(clock, configs);
  }

  @Override
  public Reconfigured reconfigure(AppId id, Map<String, Optional<String>> vars, String by) {
    return database.write(tx -> {
      tx.lock(id);
      Optional<Release> live = live(tx.sql(), AppRows.get(tx.sql(), id));
      ConfigRule.Change change = ConfigRule.of(configs.ofApp(tx.sql(), id), vars, live, by);
      if (change.changes()) {
        configs.set(tx, id, change.config());
        events.add(
            tx, id, by, new AppEvent.ConfigChanged(change.cause().set(), change.cause().unset()));
      }
      return new Reconfigured(
          change.cause(), change.release().map(draft -> writes.desire(tx, id, draft)));
    });
  }

  @Override
  public Release rollback(AppId id, Optional<ReleaseVersion> to, String by) throws NoRollback {
    return database.write(tx -> {
      tx.lock(id);
      App app = AppRows.get(tx.sql(), id);
      Release target = to.isPresent() ? named(tx.sql(), app, to.get()) : previous(tx.sql(), app);
      configs.set(tx, id, target.config());
      Release made = writes.desire(tx, id, ReleaseDraft.ofRollback(target, by));
      events.add(tx, id, by, new AppEvent.RolledBack(made.version(), target.version()));
      return made;
    });
  }

  private Release named(Handle sql, App app, ReleaseVersion version) throws NoRollback {
    Optional<Release> release = rows.find(sql, app.id(), version);
    Optional<RollbackRule.Refusal> refusal = RollbackRule.refusal(version, release);
    if (refusal.isPresent()) {
      throw new NoRollback(refusal.get());
    }
    return release.orElseThrow();
  }

  private Release previous(Handle sql, App app) throws NoRollback {
    return rows.newest(sql, app.id(), release -> RollbackRule.isEarlier(app, release))
        .orElseThrow(() -> new NoRollback(new RollbackRule.Refusal.NothingEarlier()));
  }

  @Override
  public DesiredState desiredState(AppId id) {
    return database.read(sql -> {
      App app = AppRows.get(sql, id);
      return new DesiredState(
          app, app.desired().flatMap(version -> rows.find(sql, id, version)), live(sql, app));
    });
  }

  private Optional<Release> live(Handle sql, App app) {
    return app.live().flatMap(version -> rows.find(sql, app.id(), version));
  }

  @Override
  public void rolledOut(AppId app, ReleaseVersion version, RolloutEnd end) {
    database.write(tx -> {
      tx.lock(app);
      rows.find(tx.sql(), app, version).ifPresent(release -> rolledOut(tx, release, end));
      return version;
    });
  }

  private void rolledOut(Transaction tx, Release release, RolloutEnd end) {
    App app = AppRows.get(tx.sql(), release.app());
    Optional<Release> live = live(tx.sql(), app);
    Config config = configs.ofApp(tx.sql(), app.id());
    switch (RolloutRule.of(app, release, live, config, end)) {
      case RolloutRule.Change.Nothing nothing -> {}
      case RolloutRule.Change.Superseded(var cause) ->
          ReleaseWrites.end(tx, release, Release.Status.SUPERSEDED, Optional.of(cause));
      case RolloutRule.Change.Live(Optional<ReleaseDraft> next) -> {
        ReleaseWrites.end(tx, release, Release.Status.LIVE, Optional.empty());
        ReleaseWrites.setLive(tx, app.id(), release.version());
        events.add(tx, app.id(), new AppEvent.Released(release.version(), release.cause()));
        next.ifPresent(draft -> writes.desire(tx, app.id(), draft));
      }
      case RolloutRule.Change.Failed(var cause, Optional<Config> restored) -> {
        ReleaseWrites.end(tx, release, Release.Status.FAILED, Optional.of(cause));
        events.add(tx, app.id(), new AppEvent.ReleaseFailed(release.version(), cause));
        ReleaseWrites.setDesired(tx, app.id(), app.live());
        restored.ifPresent(before -> configs.set(tx, app.id(), before));
      }
    }
  }

  @Override
  public void setSlugProblem(ReleaseId release, Optional<SlugProblem> problem) {
    database.write(tx -> {
      return tx.sql()
          .execute(
              "UPDATE app_release SET slug_problem = ? WHERE id = ?",
              problem.map(JsonColumn.SLUG_PROBLEM::text),
              release.value());
    });
  }

  @Override
  public Optional<SlugProblem> slugProblem(ReleaseId release) {
    return database.read(sql ->
        sql.select("SELECT slug_problem FROM app_release WHERE id = ?", release.value())
            .map(JsonColumn.SLUG_PROBLEM)
            .findOne());
  }

  @Override
  public ReleaseCommandRun releaseCommand(ReleaseId release, ReleaseCommandKind kind) {
    return database.read(sql -> ReleaseCommandRows.find(sql, release, kind));
  }

  @Override
  public boolean scriptStartedForOther(ReleaseId release, ReleaseCommandKind kind) {
    return database.read(sql -> ReleaseCommandRows.startedForOther(sql, release, kind));
  }

  @Override
  public void releaseCommandStarted(ReleaseId release, ReleaseCommandKind kind) {
    database.write(
        tx -> changed(tx, release, ReleaseCommandRows.start(tx, release, kind, clock.instant())));
  }

  @Override
  public boolean releaseCommandEnded(
      ReleaseId release, ReleaseCommandKind kind, Optional<ReleaseFailureCause> failure) {
    return database.write(tx ->
        changed(tx, release, ReleaseCommandRows.end(tx, release, kind, failure, clock.instant())));
  }

  private boolean changed(Transaction tx, ReleaseId release, boolean first) {
    if (first) {
      rows.find(tx.sql(), "WHERE id = ?", release.value())
          .ifPresent(changed -> tx.changed(changed.app()));
    }
    return first;
  }

  @Override
  public Config config(AppId app) {
    return database.read(sql -> configs.ofApp(sql, app));
  }

  @Override
  public List<Release> list(AppId app, int limit) {
    return database.read(sql ->
        rows.list(sql, "WHERE app_id = ? ORDER BY version DESC LIMIT ?", app.value(), limit));
  }

  @Override
  public Optional<Release> find(AppId app, ReleaseVersion version) {
    return database.read(sql -> rows.find(sql, app, version));
  }

  @Override
  public Optional<Release> find(ReleaseId id) {
    return database.read(sql -> rows.find(sql, "WHERE id = ?", id.value()));
  }
}
