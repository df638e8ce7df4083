package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppHost;
import io.platform.domain.AppId;
import io.platform.domain.AppLocation;
import io.platform.domain.AppPath;
import io.platform.domain.DomainName;
import io.platform.domain.Release;
import io.platform.domain.port.AppMove;
import io.platform.domain.port.Apps;
import io.platform.persistence.database.Transaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The names of apps, those that they had before, and the host names that go with them. */
final class AppMoves {
  private final String domain;
  private final AppEventWrites events;

  /**
   * @param domain that of apps' host names
   */
  AppMoves(String domain, AppEventWrites events) {
    this.domain = domain;
    this.events = events;
  }

  /** The location of a new app of this name. */
  static AppLocation freeLocation(Handle sql, String customer, AppPath path, AppId id) {
    AppLocation first = AppLocation.of(customer, path);
    boolean taken =
        sql.select("SELECT count(*) FROM app WHERE location = ?", first.toString())
                .mapTo(Integer.class)
                .one()
            > 0;
    return taken ? AppLocation.of(customer, path, id) : first;
  }

  /** The name means no earlier app any more. */
  static void forgetFormer(Handle sql, AppPath path) {
    sql.execute(
        "DELETE FROM app_former_path WHERE namespace = ? AND name = ?",
        path.namespace(),
        path.name());
  }

  /** The name that an app has now which had this one. */
  static Optional<AppPath> successor(Handle sql, AppPath former) {
    return sql.select(
            "SELECT app_id FROM app_former_path WHERE namespace = ? AND name = ?",
            former.namespace(),
            former.name())
        .mapTo(String.class)
        .findOne()
        .flatMap(id -> AppRows.find(sql, new AppId(id)))
        .filter(app -> app.status() == App.Status.ACTIVE)
        .map(App::path);
  }

  /** Refuses a name that an app has, one that is being destroyed too. */
  static void requireFree(Handle sql, AppPath path) throws Apps.AppExists {
    Optional<App> owner =
        AppRows.find(sql, "WHERE namespace = ? AND name = ?", path.namespace(), path.name());
    if (owner.isPresent()) {
      throw new Apps.AppExists(path, owner.get().status() != App.Status.ACTIVE);
    }
  }

  AppMove move(Transaction tx, AppId id, AppPath to, String customer, String by)
      throws Apps.AppExists {
    tx.lock(id);
    App app = AppRows.get(tx.sql(), id);
    if (app.path().equals(to)) {
      return AppMove.UNCHANGED;
    }
    requireFree(tx.sql(), to);
    if (isBuilding(tx.sql(), app)) {
      return AppMove.BUILDING;
    }
    if (isRollingOut(tx.sql(), app)) {
      return AppMove.ROLLING_OUT;
    }
    boolean transferred = !app.path().namespace().equals(to.namespace());
    if (transferred && sharesDomains(tx, app, to.namespace())) {
      return AppMove.SHARES_DOMAINS;
    }
    tx.sql()
        .execute(
            "UPDATE app SET customer = ?, namespace = ?, name = ? WHERE id = ?",
            customer,
            to.namespace(),
            to.name(),
            id.value());
    tx.sql().execute("DELETE FROM route WHERE app_id = ?", id.value());
    addRoute(tx.sql(), id, to);
    remember(tx.sql(), app, to);
    events.add(
        tx,
        id,
        by,
        transferred
            ? new AppEvent.Transferred(app.path(), to)
            : new AppEvent.Renamed(app.path(), to));
    return AppMove.MOVED;
  }

  private static boolean isBuilding(Handle sql, App app) {
    return sql.select(
                "SELECT count(*) FROM build WHERE app_id = ? AND settled_at IS NULL",
                app.id().value())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static boolean isRollingOut(Handle sql, App app) {
    return app.desired()
        .filter(version ->
            sql.select(
                        "SELECT count(*) FROM app_release WHERE app_id = ? AND version = ? AND status = ?",
                        app.id().value(),
                        version.number(),
                        Columns.word(Release.Status.PENDING))
                    .mapTo(Integer.class)
                    .one()
                > 0)
        .isPresent();
  }

  private static boolean sharesDomains(Transaction tx, App app, String namespace) {
    SqlAppDomains.lockAll(tx);
    for (DomainName domain : app.domains()) {
      if (SqlAppDomains.meetsOthers(tx.sql(), app.id(), namespace, domain)) {
        return true;
      }
    }
    return false;
  }

  private static void remember(Handle sql, App app, AppPath to) {
    forgetFormer(sql, to);
    forgetFormer(sql, app.path());
    sql.execute(
        "INSERT INTO app_former_path (namespace, name, app_id) VALUES (?, ?, ?)",
        app.path().namespace(),
        app.path().name(),
        app.id().value());
  }

  /** Gives an app the host name of its path, with a suffix where another app has that. */
  void addRoute(Handle sql, AppId id, AppPath path) {
    int attempt = 1;
    while (!addRow(sql, id, AppHost.label(path, attempt) + "." + domain)) {
      attempt++;
    }
  }

  private static boolean addRow(Handle sql, AppId id, String host) {
    return sql.execute(
            "INSERT INTO route (host, app_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            host,
            id.value())
        == 1;
  }
}
