package io.platform.auth.sql;

import com.zaxxer.hikari.HikariConfig;

/** Observes the pool of database connections. */
@FunctionalInterface
public interface PoolObserver {
  /** Observes nothing. */
  PoolObserver NONE = pool -> {};

  /** Called once, before the pool opens, with its name and sizes set. */
  void observe(HikariConfig pool);
}
