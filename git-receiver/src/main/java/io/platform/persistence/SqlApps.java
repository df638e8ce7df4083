package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.Config;
import io.platform.domain.DomainName;
import io.platform.domain.Formation;
import io.platform.domain.FormationChange;
import io.platform.domain.Ids;
import io.platform.domain.ProcessSelector;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.AppMove;
import io.platform.domain.port.Apps;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ProcessTypes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

final class SqlApps implements Apps {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final ConfigColumns configs;
  private final AppEventWrites events;
  private final AppMoves moves;

  SqlApps(
      TransactionRunner database,
      String domain,
      InstantSource clock,
      ConfigColumns configs,
      AppEventWrites events) {
    this.events = events;
    this.moves = new AppMoves(domain, events);
    this.configs = configs;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public App create(String customer, AppPath path, Optional<String> deployBranch, String by)
      throws AppExists {
    return database.write(tx -> {
      Instant now = clock.instant();
      AppId id = new AppId(Ids.next(now));
      int made =
          tx.sql()
              .execute(
                  "INSERT INTO app (id, customer, namespace, name, location, deploy_branch, status, config, created_at)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (namespace, name) DO NOTHING",
                  id.value(),
                  customer,
                  path.namespace(),
                  path.name(),
                  AppMoves.freeLocation(tx.sql(), customer, path, id).toString(),
                  deployBranch,
                  Columns.word(App.Status.ACTIVE),
                  configs.text(id, Config.EMPTY),
                  now.toEpochMilli());
      if (made == 0) {
        AppMoves.requireFree(tx.sql(), path);
      }
      AppMoves.forgetFormer(tx.sql(), path);
      moves.addRoute(tx.sql(), id, path);
      events.add(tx, id, by, new AppEvent.Created());
      return AppRows.get(tx.sql(), id);
    });
  }

  @Override
  public AppMove move(AppId id, AppPath to, String customer, String by) throws AppExists {
    try {
      return database.write(tx -> moves.move(tx, id, to, customer, by));
    } catch (UnableToExecuteStatementException e) {
      // Another app got the name between the look at it and the change.
      database.read(sql -> {
        AppMoves.requireFree(sql, to);
        return to;
      });
      throw e;
    }
  }

  @Override
  public Optional<AppPath> successor(AppPath former) {
    return database.read(sql -> AppMoves.successor(sql, former));
  }

  @Override
  public Optional<App> find(AppPath path) {
    return database.read(sql ->
        AppRows.find(
            sql,
            "WHERE namespace = ? AND name = ? AND status = ?",
            path.namespace(),
            path.name(),
            Columns.word(App.Status.ACTIVE)));
  }

  @Override
  public Optional<App> find(AppId id) {
    return database.read(sql -> AppRows.find(sql, id));
  }

  @Override
  public Optional<App> findByHost(String host) {
    return database.read(sql ->
        AppRows.find(
            sql,
            "WHERE status = ? AND (route.host = ? OR app.id = (SELECT app_id FROM app_domain"
                + " WHERE name IN (?, ?) ORDER BY name DESC LIMIT 1))",
            Columns.word(App.Status.ACTIVE),
            host,
            host,
            DomainName.wildcardOf(host)));
  }

  @Override
  public List<AppSummary> list(Collection<String> namespaces) {
    return database.read(sql -> AppRows.summaries(sql, namespaces));
  }

  @Override
  public Optional<AppSummary> summary(AppId id) {
    return database.read(sql -> AppRows.summary(sql, id));
  }

  @Override
  public List<App> all() {
    return database.read(sql -> AppRows.list(sql, "ORDER BY namespace, name"));
  }

  @Override
  public String settleDeployBranch(AppId id, String ref) {
    return database.write(tx -> {
      if (tx.sql()
              .execute(
                  "UPDATE app SET deploy_branch = ? WHERE id = ? AND deploy_branch IS NULL",
                  ref,
                  id.value())
          == 1) {
        tx.changed(id);
      }
      return AppRows.get(tx.sql(), id).deployBranch().orElse(ref);
    });
  }

  @Override
  public FormationChange.Result scale(
      AppId id, FormationChange change, ScaleLimits limits, String by) {
    return database.write(tx -> {
      tx.lock(id);
      App app = AppRows.get(tx.sql(), id);
      FormationChange.Result result =
          change.apply(app.formation(), AppRows.processTypes(tx.sql(), app), limits);
      if (result instanceof FormationChange.Result.Changed(Formation formation)
          && !formation.equals(app.formation())) {
        set(tx, id, "formation", JsonColumn.FORMATION.text(formation));
        events.addScaling(tx, id, by, app.formation(), formation);
      }
      return result;
    });
  }

  @Override
  public ProcessTypes processTypes(AppId id) {
    return database.read(sql ->
        AppRows.find(sql, id)
            .map(app -> AppRows.processTypes(sql, app))
            .orElseGet(ProcessTypes::none));
  }

  @Override
  public void restart(AppId id, ProcessSelector selector, Restart.Manner manner, String by) {
    database.write(tx -> {
      tx.lock(id);
      Restarts restarts = AppRows.get(tx.sql(), id).restarts();
      events.add(
          tx,
          id,
          by,
          switch (manner) {
            case ROLLING -> new AppEvent.Restarted(selector);
            case STOP -> new AppEvent.Stopped(selector);
          });
      return set(
          tx,
          id,
          "restarts",
          JsonColumn.RESTARTS.text(restarts.with(selector, manner, clock.instant())));
    });
  }

  @Override
  public AppOptions options(AppId id, UnaryOperator<AppOptions> change, String by) {
    return database.write(tx -> {
      tx.lock(id);
      AppOptions now = AppRows.get(tx.sql(), id).options();
      AppOptions changed = change.apply(now);
      if (!changed.equals(now)) {
        set(tx, id, "options", JsonColumn.APP_OPTIONS.text(changed));
        events.addOptions(tx, id, by, now, changed);
      }
      return changed;
    });
  }

  @Override
  public List<BuildpackReference> buildpacks(
      AppId id, UnaryOperator<List<BuildpackReference>> change, String by) {
    return database.write(tx -> {
      tx.lock(id);
      List<BuildpackReference> now = AppRows.get(tx.sql(), id).buildpacks();
      List<BuildpackReference> changed = change.apply(now);
      if (!changed.equals(now)) {
        set(tx, id, "buildpacks", JsonColumn.BUILDPACKS.text(changed));
        events.add(tx, id, by, new AppEvent.BuildpacksChanged(changed));
      }
      return changed;
    });
  }

  private static int set(Transaction tx, AppId id, String column, String value) {
    tx.changed(id);
    return tx.sql().execute("UPDATE app SET " + column + " = ? WHERE id = ?", value, id.value());
  }

  @Override
  public void destroy(AppId id) {
    move(id, App.Status.ACTIVE, App.Status.DESTROYING);
  }

  @Override
  public void stopped(AppId id) {
    move(id, App.Status.DESTROYING, App.Status.STOPPED);
  }

  private void move(AppId id, App.Status from, App.Status to) {
    database.write(tx -> {
      int moved =
          tx.sql()
              .execute(
                  "UPDATE app SET status = ? WHERE id = ? AND status = ?",
                  Columns.word(to),
                  id.value(),
                  Columns.word(from));
      if (moved == 1) {
        tx.changed(id);
      }
      return moved;
    });
  }

  @Override
  public RetainedObjects keep(AppId id, RetentionLimits limits) {
    return database.write(tx -> {
      tx.lock(id);
      RetainedObjects retained =
          RetentionRows.decide(tx.sql(), new ReleaseRows(configs), id, limits);
      RetentionRows.write(tx.sql(), id, retained, clock.millis());
      return retained;
    });
  }

  @Override
  public RetainedObjects wouldKeep(AppId id, RetentionLimits limits) {
    return database.read(sql -> RetentionRows.decide(sql, new ReleaseRows(configs), id, limits));
  }

  @Override
  public void delete(AppId id) {
    database.write(tx -> {
      int deleted =
          tx.sql()
              .execute(
                  "DELETE FROM app WHERE id = ? AND status = ?",
                  id.value(),
                  Columns.word(App.Status.STOPPED));
      if (deleted == 1) {
        tx.changed(id);
      }
      return deleted;
    });
  }
}
