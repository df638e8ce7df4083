package io.platform.persistence;

import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.database.DatabaseEngines;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.database.PostgresEngine;
import io.platform.commons.database.SqliteEngine;
import io.platform.domain.AppEventLimits;
import io.platform.domain.Ids;
import io.platform.domain.port.AppCertificates;
import io.platform.domain.port.AppDomains;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.Builds;
import io.platform.domain.port.InstallationSecrets;
import io.platform.domain.port.LogDrains;
import io.platform.domain.port.Maintenance;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.persistence.database.Dialect;
import io.platform.persistence.database.PostgresDialect;
import io.platform.persistence.database.SqliteDialect;
import io.platform.persistence.database.TransactionRunner;
import java.time.InstantSource;

/** All stores of the domain on one database, which several processes may have open. */
public final class SqlStores implements AutoCloseable {
  private final TransactionRunner database;
  private final Signals signals;
  private final String domain;
  private final InstantSource clock;
  private final ConfigColumns configs;
  private final AppEventWrites events;

  private SqlStores(
      TransactionRunner database,
      Signals signals,
      String domain,
      InstantSource clock,
      ConfigColumns configs) {
    this.database = database;
    this.signals = signals;
    this.domain = domain;
    this.clock = clock;
    this.configs = configs;
    this.events = new AppEventWrites(clock, AppEventLimits.defaults());
  }

  /**
   * Opens the database, makes it where it is not there, and brings it up to date.
   *
   * @param signals raised after each commit; on PostgreSQL also after those of other processes
   * @param appDomain the domain under which apps get their host names
   * @param keys of the config vars, which are encrypted with the first of them when this returns
   * @throws ConfigKeysUnusable where the keys do not fit the database
   */
  public static SqlStores open(
      DatabaseConfig config, Signals signals, String appDomain, ConfigKeySource keys) {
    return open(config, signals, appDomain, keys, PoolObserver.NONE);
  }

  /**
   * As {@link #open(DatabaseConfig, Signals, String, ConfigKeySource)}, with the pools of
   * connections observed.
   */
  public static SqlStores open(
      DatabaseConfig config,
      Signals signals,
      String appDomain,
      ConfigKeySource keys,
      PoolObserver pools) {
    return open(engine(config, signals, pools), signals, appDomain, keys, InstantSource.system());
  }

  static SqlStores open(
      DatabaseConfig config,
      Signals signals,
      String appDomain,
      ConfigKeySource keys,
      InstantSource clock) {
    return open(engine(config, signals), signals, appDomain, keys, clock);
  }

  private static SqlStores open(
      Dialect engine,
      Signals signals,
      String appDomain,
      ConfigKeySource keys,
      InstantSource clock) {
    TransactionRunner database = new TransactionRunner(engine, signals);
    try {
      return new SqlStores(
          database,
          signals,
          appDomain,
          clock,
          new ConfigColumns(ConfigEncryption.open(database, keys)));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public static Dialect engine(DatabaseConfig config, Signals signals) {
    return engine(config, signals, PoolObserver.NONE);
  }

  private static Dialect engine(DatabaseConfig config, Signals signals, PoolObserver pools) {
    return switch (DatabaseEngines.of(config, "platform", pools)) {
      case SqliteEngine file -> SqliteDialect.open(file, config.connections());
      case PostgresEngine server -> PostgresDialect.open(server, config, signals);
    };
  }

  /** All of them. */
  public Stores stores() {
    return new Stores(
        apps(),
        builds(),
        releases(),
        buildLog(),
        events(),
        domains(),
        maintenance(),
        drains(),
        certificates(),
        signals);
  }

  /** The apps. */
  public Apps apps() {
    return new SqlApps(database, domain, clock, configs, events);
  }

  /** The certificates of apps' domains. */
  public AppCertificates certificates() {
    return new SqlAppCertificates(database, clock, configs, events);
  }

  /** The builds. */
  public Builds builds() {
    return new SqlBuilds(database, clock, configs, events);
  }

  /** The releases. */
  public Releases releases() {
    return new SqlReleases(database, clock, configs, events);
  }

  /** The logs of builds. */
  public BuildLogs buildLog() {
    return new SqlBuildLogs(database);
  }

  /** What happened to the apps. */
  public AppEvents events() {
    return new SqlAppEvents(database, events);
  }

  /** The log drains of apps. */
  public LogDrains drains() {
    return new SqlLogDrains(database, clock, configs);
  }

  /** The host names of their own that apps have. */
  public AppDomains domains() {
    return new SqlAppDomains(database, clock, events);
  }

  /** Which apps are in maintenance. */
  public Maintenance maintenance() {
    return new SqlMaintenance(database, clock, events);
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
