package io.platform.persistence;

import io.platform.domain.AppDomain;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import io.platform.domain.port.AppDomains;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlAppDomains implements AppDomains {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final AppEventWrites events;

  SqlAppDomains(TransactionRunner database, InstantSource clock, AppEventWrites events) {
    this.database = database;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public List<AppDomain> list(AppId app) {
    return database.read(sql ->
        sql.select(
                "SELECT name, created_at FROM app_domain WHERE app_id = ? ORDER BY name",
                app.value())
            .map((row, context) ->
                new AppDomain(
                    new DomainName(row.getString("name")), Columns.instant(row, "created_at")))
            .list());
  }

  @Override
  public Added add(AppId app, DomainName name, DomainLimits limits, String by) {
    return database.write(tx -> {
      tx.lock(app);
      lockAll(tx);
      Optional<String> owner =
          tx.sql()
              .select("SELECT app_id FROM app_domain WHERE name = ?", name.value())
              .mapTo(String.class)
              .findOne();
      if (owner.isPresent()) {
        return owner.get().equals(app.value()) ? Added.KNOWN : Added.TAKEN;
      }
      if (meetsOthers(tx.sql(), app, AppRows.get(tx.sql(), app).path().namespace(), name)) {
        return Added.WILDCARD_TAKEN;
      }
      if (count(tx, app) >= limits.most()) {
        return Added.TOO_MANY;
      }
      tx.sql()
          .execute(
              "INSERT INTO app_domain (name, parent, app_id, created_at) VALUES (?, ?, ?, ?)",
              name.value(),
              name.parent(),
              app.value(),
              clock.millis());
      events.add(tx, app, by, new AppEvent.DomainAdded(name.value()));
      return Added.ADDED;
    });
  }

  /**
   * One at a time: of a wildcard and a name under it that are added at once, one sees the other.
   */
  static void lockAll(Transaction tx) {
    tx.sql().execute("UPDATE setting SET value = value WHERE name = 'domains'");
  }

  /**
   * Whether another app, of another namespace than this one, has a wildcard above the name, or, for
   * a wildcard, a name under it.
   */
  static boolean meetsOthers(Handle sql, AppId app, String namespace, DomainName name) {
    String others =
        "SELECT count(*) FROM app_domain JOIN app ON app.id = app_domain.app_id"
            + " WHERE app_domain.parent = ? AND app.namespace <> ? AND app.id <> ?";
    return sql.select(
                name.isWildcard() ? others : others + " AND app_domain.name LIKE '*.%'",
                name.parent(),
                namespace,
                app.value())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static int count(Transaction tx, AppId app) {
    return tx.sql()
        .select("SELECT count(*) FROM app_domain WHERE app_id = ?", app.value())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public boolean remove(AppId app, DomainName name, String by) {
    return database.write(tx -> {
      tx.lock(app);
      boolean had =
          tx.sql()
                  .execute(
                      "DELETE FROM app_domain WHERE name = ? AND app_id = ?",
                      name.value(),
                      app.value())
              == 1;
      if (had) {
        events.add(tx, app, by, new AppEvent.DomainRemoved(name.value()));
      }
      return had;
    });
  }
}
