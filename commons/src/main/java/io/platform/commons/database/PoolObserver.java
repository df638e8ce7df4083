package io.platform.commons.database;

import com.zaxxer.hikari.HikariConfig;

/** Observes the pools of database connections. */
@FunctionalInterface
public interface PoolObserver {
  /** Observes nothing. */
  PoolObserver NONE = pool -> {};

  /** Called once for each pool, before it opens, with its name and sizes set. */
  void observe(HikariConfig pool);
}
