package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.Ids;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Builds;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import io.platform.slug.SecretSeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

final class SqlBuilds implements Builds {
  private final TransactionRunner database;
  private final ConfigColumns configs;
  private final BuildEnds ends;
  private final InstantSource clock;

  SqlBuilds(
      TransactionRunner database,
      InstantSource clock,
      ConfigColumns configs,
      AppEventWrites events) {
    this.database = database;
    this.configs = configs;
    this.ends = new BuildEnds(clock, configs, events);
    this.clock = clock;
  }

  @Override
  public Build open(AppId app, Origin origin, InstanceId receiver) throws BuildInProgress {
    return database.write(tx -> {
      tx.lock(app);
      AppRows.get(tx.sql(), app);
      Optional<Build> holder =
          BuildRows.list(tx.sql(), UNSETTLED_OF_APP, app.value()).stream().findFirst();
      if (holder.isPresent()) {
        throw new BuildInProgress(holder.get());
      }
      Instant now = afterNewest(tx, app);
      BuildId id = new BuildId(Ids.next(now));
      insert(tx, id, app, origin, receiver, now);
      tx.changed(id);
      return BuildRows.get(tx.sql(), id);
    });
  }

  /**
   * The time, but later than the app's newest build's: a clock that was set back must not bring old
   * builds to the top.
   */
  private Instant afterNewest(Transaction tx, AppId app) {
    long newest =
        tx.sql()
            .select("SELECT coalesce(max(created_at), 0) FROM build WHERE app_id = ?", app.value())
            .mapTo(Long.class)
            .one();
    return Instant.ofEpochMilli(Math.max(clock.millis(), newest + 1));
  }

  private static void insert(
      Transaction tx, BuildId id, AppId app, Origin origin, InstanceId receiver, Instant now) {
    switch (origin) {
      case Origin.Push push ->
          tx.sql()
              .execute(
                  "INSERT INTO build (id, app_id, origin, ref, old_commit_id, commit_id, by_whom, push_options, owner, status, log_size, created_at)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                  id.value(),
                  app.value(),
                  BuildRows.PUSH,
                  push.ref(),
                  push.oldCommit(),
                  push.commit(),
                  push.by(),
                  Columns.pushOptions(push.options()),
                  receiver.value(),
                  Columns.word(BuildStatus.RECEIVING),
                  now.toEpochMilli());
    }
  }

  @Override
  public void renew(BuildId id) {
    database.append(tx ->
        tx.sql()
            .execute(
                "UPDATE build SET lease_renewals = lease_renewals + 1 WHERE id = ? AND status = ?",
                id.value(),
                Columns.word(BuildStatus.RECEIVING)));
  }

  @Override
  public boolean endAbandoned(Build seen, BuildEnd.Failed end) {
    return database.write(tx -> {
      tx.lock(seen.app());
      tx.lock(seen.id());
      Build build = BuildRows.get(tx.sql(), seen.id());
      return build.status() == BuildStatus.RECEIVING
          && build.lease().equals(seen.lease())
          && ends.end(tx, seen.id(), end).first();
    });
  }

  @Override
  public void accept(BuildId id, Source source, Instant deadline) {
    change(
        id,
        "UPDATE build SET status = ?, source_key = ?, source_size = ?, source_sha256 = ?, source_format = ?, deadline = ? WHERE id = ? AND status = ?",
        Columns.word(BuildStatus.ACCEPTED),
        source.object().key(),
        source.object().size(),
        source.object().sha256().hex(),
        Columns.word(source.format()),
        deadline.toEpochMilli(),
        id.value(),
        Columns.word(BuildStatus.RECEIVING));
  }

  @Override
  public void extend(BuildId id, Instant deadline) {
    change(
        id,
        "UPDATE build SET deadline = ? WHERE id = ? AND deadline < ? AND status IN (?, ?)",
        deadline.toEpochMilli(),
        id.value(),
        deadline.toEpochMilli(),
        Columns.word(BuildStatus.ACCEPTED),
        Columns.word(BuildStatus.RUNNING));
  }

  @Override
  public void running(BuildId id) {
    change(
        id,
        "UPDATE build SET status = ? WHERE id = ? AND status = ?",
        Columns.word(BuildStatus.RUNNING),
        id.value(),
        Columns.word(BuildStatus.ACCEPTED));
  }

  @Override
  public Ended end(BuildId id, BuildEnd end) {
    return database.write(tx -> ends.end(tx, id, end));
  }

  @Override
  public void settle(BuildId id, Build.Outcome outcome) {
    boolean changed =
        change(
            id,
            "UPDATE build SET outcome = ?, rejection = ?, settled_at = ? WHERE id = ? AND ended_at IS NOT NULL AND settled_at IS NULL",
            outcome.deployed() ? BuildRows.DEPLOYED : BuildRows.REJECTED,
            outcome.failure().map(JsonColumn.DEPLOY_FAILURE::text),
            clock.millis(),
            id.value());
    if (!changed && find(id).filter(build -> !build.settled()).isPresent()) {
      throw new IllegalStateException(
          "Build %s has not ended, so it cannot be settled.".formatted(id));
    }
  }

  private boolean change(BuildId id, String update, Object... values) {
    return database.write(tx -> {
      boolean changed = tx.sql().execute(update, values) == 1;
      if (changed) {
        tx.changed(id);
      }
      return changed;
    });
  }

  @Override
  public Optional<Build> find(BuildId id) {
    return database.read(sql -> BuildRows.find(sql, id));
  }

  @Override
  public List<Build> list(AppId app, int limit) {
    return database.read(sql ->
        BuildRows.list(
            sql, "WHERE app_id = ? ORDER BY created_at DESC, id DESC LIMIT ?", app.value(), limit));
  }

  private static final String UNSETTLED_OF_APP = "WHERE app_id = ? AND settled_at IS NULL";

  @Override
  public Optional<Build> unsettled(AppId app) {
    return database.read(
        sql -> BuildRows.list(sql, UNSETTLED_OF_APP, app.value()).stream().findFirst());
  }

  @Override
  public List<Build> unsettled() {
    return database.read(
        sql -> BuildRows.list(sql, "WHERE settled_at IS NULL ORDER BY created_at, id"));
  }

  @Override
  public List<Build> unarchived(Instant before) {
    return database.read(sql ->
        BuildRows.list(
            sql,
            "WHERE settled_at IS NOT NULL AND settled_at < ? AND sealed_log IS NULL AND removed_at IS NULL ORDER BY settled_at, id",
            before.toEpochMilli()));
  }

  @Override
  public SecretSeed secretSeed(BuildId id) {
    return configs.secretSeed(id);
  }

  @Override
  public Optional<StoredObject> cache(AppId app) {
    return database.read(sql -> BuildRows.cache(sql, app));
  }

  @Override
  public Optional<StoredObject> forgetCache(AppId app) {
    return database.write(tx -> {
      Optional<StoredObject> cache = BuildRows.cache(tx.sql(), app);
      tx.sql()
          .execute(
              "UPDATE app SET cache_key = NULL, cache_size = NULL, cache_sha256 = NULL WHERE id = ?",
              app.value());
      return cache;
    });
  }
}
