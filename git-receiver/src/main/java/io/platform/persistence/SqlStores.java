package io.platform.persistence;

import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.database.DatabaseEngine;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.database.PostgresEngine;
import io.platform.commons.database.SqliteEngine;
import io.platform.domain.Ids;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.Builds;
import io.platform.domain.port.InstallationSecrets;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Signals;
import java.time.InstantSource;

/** All stores of the domain on one database, which several processes may have open. */
public final class SqlStores implements AutoCloseable {
  private final Database database;
  private final String domain;
  private final InstantSource clock;

  private SqlStores(Database database, String domain, InstantSource clock) {
    this.database = database;
    this.domain = domain;
    this.clock = clock;
  }

  /**
   * Opens the database, makes it where it is not there, and brings it up to date.
   *
   * @param signals raised after each commit; on PostgreSQL also after those of other processes
   * @param appDomain the domain under which apps get their host names
   */
  public static SqlStores open(DatabaseConfig config, Signals signals, String appDomain) {
    return open(config, signals, appDomain, PoolObserver.NONE);
  }

  /** As {@link #open(DatabaseConfig, Signals, String)}, with the pools of connections observed. */
  public static SqlStores open(
      DatabaseConfig config, Signals signals, String appDomain, PoolObserver pools) {
    Database database = new Database(engine(config, signals, pools), signals);
    return new SqlStores(database, appDomain, InstantSource.system());
  }

  static SqlStores open(
      DatabaseConfig config, Signals signals, String appDomain, InstantSource clock) {
    return new SqlStores(new Database(engine(config, signals), signals), appDomain, clock);
  }

  static Dialect engine(DatabaseConfig config, Signals signals) {
    return engine(config, signals, PoolObserver.NONE);
  }

  private static Dialect engine(DatabaseConfig config, Signals signals, PoolObserver pools) {
    return switch (DatabaseEngine.of(config, "platform", pools)) {
      case SqliteEngine file -> SqliteDialect.open(file, config.connections());
      case PostgresEngine server -> PostgresDialect.open(server, config, signals);
    };
  }

  /** The apps. */
  public Apps apps() {
    return new SqlApps(database, domain, clock);
  }

  /** The builds. */
  public Builds builds() {
    return new SqlBuilds(database, clock);
  }

  /** The releases. */
  public Releases releases() {
    return new SqlReleases(database, clock);
  }

  /** The logs of builds. */
  public BuildLogs buildLog() {
    return new SqlBuildLogs(database);
  }

  /** The locks of apps' repositories. */
  public AppLocks appLocks() {
    return database.appLocks();
  }

  /** What the installation makes once: its secrets, in the clear. */
  public InstallationSecrets settings() {
    return new SqlInstallationSecrets(database);
  }

  /** The installation's id, made at its first start. */
  public String clusterId() {
    return settings().keep("cluster_id", () -> Ids.next(clock.instant()));
  }

  @Override
  public void close() {
    database.close();
  }
}
