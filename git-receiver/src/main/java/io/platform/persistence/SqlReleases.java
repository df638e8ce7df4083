package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Config;
import io.platform.domain.DesiredState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RollbackRule;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.Releases;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlReleases implements Releases {
  private final Database database;
  private final ReleaseWrites writes;
  private final RolloutEnds ends;

  SqlReleases(Database database, InstantSource clock) {
    this.database = database;
    this.writes = new ReleaseWrites(clock);
    this.ends = new RolloutEnds(writes);
  }

  @Override
  public Optional<Release> reconfigure(AppId id, Map<String, Optional<String>> change, String by) {
    return database.write(tx -> {
      tx.lock(id);
      Config before = AppRows.config(tx.sql(), id);
      Config after = before.with(change);
      if (after.equals(before)) {
        return Optional.empty();
      }
      ReleaseWrites.setConfig(tx, id, after);
      Optional<Release> live = live(tx.sql(), AppRows.get(tx.sql(), id));
      String cause = ReleaseDescription.reconfigured(before, after);
      return live.map(release ->
          writes.desire(
              tx, id, ReleaseWrites.Draft.again(ReleaseKind.CONFIG, release, after, cause, by)));
    });
  }

  @Override
  public Release rollback(AppId id, Optional<ReleaseVersion> to, String by) throws NoRollback {
    return database.write(tx -> {
      tx.lock(id);
      App app = AppRows.get(tx.sql(), id);
      Release target = to.isPresent() ? named(tx.sql(), app, to.get()) : previous(tx.sql(), app);
      ReleaseWrites.setConfig(tx, id, target.config());
      String cause = "Rollback to " + target.version();
      return writes.desire(
          tx,
          id,
          ReleaseWrites.Draft.again(ReleaseKind.ROLLBACK, target, target.config(), cause, by));
    });
  }

  private static Release named(Handle sql, App app, ReleaseVersion version) throws NoRollback {
    Optional<Release> release = ReleaseRows.find(sql, app.id(), version);
    Optional<RollbackRule.Refusal> refusal =
        release.isEmpty()
            ? Optional.of(new RollbackRule.Refusal.NoSuchRelease(version))
            : release.flatMap(RollbackRule::refusal);
    if (refusal.isPresent()) {
      throw new NoRollback(refusal.get());
    }
    return release.orElseThrow();
  }

  private static Release previous(Handle sql, App app) throws NoRollback {
    return ReleaseRows.newest(sql, app.id(), release -> RollbackRule.isEarlier(app, release))
        .orElseThrow(() -> new NoRollback(new RollbackRule.Refusal.NothingEarlier()));
  }

  @Override
  public DesiredState goal(AppId id) {
    return database.read(sql -> {
      App app = AppRows.get(sql, id);
      return new DesiredState(
          app,
          app.desired().flatMap(version -> ReleaseRows.find(sql, id, version)),
          live(sql, app));
    });
  }

  private static Optional<Release> live(Handle sql, App app) {
    return app.live().flatMap(version -> ReleaseRows.find(sql, app.id(), version));
  }

  @Override
  public void rolledOut(AppId app, ReleaseVersion version, RolloutEnd end) {
    database.write(tx -> {
      tx.lock(app);
      ends.write(tx, app, version, end);
      return version;
    });
  }

  @Override
  public void setSlugProblem(ReleaseId release, Optional<String> why) {
    database.write(tx -> {
      return tx.sql()
          .execute(
              "UPDATE app_release SET slug_problem = ? WHERE id = ?",
              why.orElse(null),
              release.value());
    });
  }

  @Override
  public Optional<String> slugProblem(ReleaseId release) {
    return database.read(sql ->
        sql.select("SELECT slug_problem FROM app_release WHERE id = ?", release.value())
            .map((row, context) -> Columns.text(row, "slug_problem"))
            .findOne()
            .flatMap(why -> why));
  }

  @Override
  public Config config(AppId app) {
    return database.read(sql -> AppRows.config(sql, app));
  }

  @Override
  public List<Release> list(AppId app, int limit) {
    return database.read(sql ->
        ReleaseRows.list(
            sql, "WHERE app_id = ? ORDER BY version DESC LIMIT ?", app.value(), limit));
  }

  @Override
  public Optional<Release> find(AppId app, ReleaseVersion version) {
    return database.read(sql -> ReleaseRows.find(sql, app, version));
  }

  @Override
  public Optional<Release> find(ReleaseId id) {
    return database.read(sql -> ReleaseRows.find(sql, "WHERE id = ?", id.value()));
  }
}
