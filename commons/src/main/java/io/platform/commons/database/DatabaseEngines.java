package io.platform.commons.database;

/** Chooses the engine of a database. */
public final class DatabaseEngines {
  private DatabaseEngines() {}

  /**
   * The engine that the config names. A file is made where there is none.
   *
   * @param program by which a database server lists the connections
   * @param pools told of each pool before it opens
   * @throws DatabaseUnavailable where the file cannot be made
   */
  public static DatabaseEngine of(DatabaseConfig config, String program, PoolObserver pools) {
    return config.isSqlite()
        ? SqliteEngine.of(config, pools)
        : PostgresEngine.of(config, program, pools);
  }
}
