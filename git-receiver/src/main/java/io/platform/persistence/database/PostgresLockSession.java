package io.platform.persistence.database;

import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.AppId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that holds all advisory locks of this process, opened when the first is taken.
 * Nothing waits on it: each call is one or two short statements, and what may wait for a row has a
 * connection of its own. When it is lost, PostgreSQL frees its locks, and the next call opens
 * another one, with the next number.
 */
final class PostgresLockSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLockSession.class);

  /** Together 13 seconds: a restart of the database takes less. */
  private static final RetryPolicy<Object> RETRIES =
      RetryPolicies.reconnect()
          .handleIf(
              failure -> failure instanceof SQLException && !Thread.currentThread().isInterrupted())
          .build();

  /** A machine that is gone loses its locks after half a minute, and not after TCP's two hours. */
  private static final String KEEPALIVE =
      "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

  private static final String KEY = "(hashtextextended('platform/app/' || ?, 0))";

  private final DataSource source;
  private @Nullable Connection connection;
  private int number;
  private boolean closed;

  /** How a lock is taken. */
  enum Mode {
    SHARED("pg_try_advisory_lock_shared", "pg_advisory_unlock_shared"),
    ALONE("pg_try_advisory_lock", "pg_advisory_unlock");

    private final String lock;
    private final String unlock;

    Mode(String lock, String unlock) {
      this.lock = lock;
      this.unlock = unlock;
    }
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  PostgresLockSession(DataSource source) {
    this.source = source;
  }

  /**
   * A lock that was taken.
   *
   * @param number of the connection that has it
   * @param timesAlone how often anybody has had the app alone before
   */
  record Taken(int number, long timesAlone) {}

  /** Takes a lock; empty where another process has it. */
  Optional<Taken> tryLock(AppId app, Mode mode) {
    Optional<Taken> taken =
        repeatedly(() ->
            once(on ->
                isTrue(on, "SELECT " + mode.lock + KEY, app)
                    ? Optional.of(new Taken(number, timesAlone(on, app)))
                    : Optional.empty()));
    if (mode == Mode.ALONE && taken.isPresent()) {
      countAlone(app, taken.get());
    }
    return taken;
  }

  /** Before anything is done alone, so that those whose shares were lost hear of it. */
  private void countAlone(AppId app, Taken taken) {
    try {
      repeatedly(() -> {
        try (Connection own = source.getConnection()) {
          return countAlone(own, app);
        }
      });
    } catch (RuntimeException e) {
      unlock(app, Mode.ALONE, taken.number());
      throw e;
    }
  }

  /** Frees a lock that this connection took; one that was lost is free already. */
  synchronized void unlock(AppId app, Mode mode, int taken) {
    Connection on = connection;
    if (taken != number || on == null) {
      return;
    }
    try {
      isTrue(on, "SELECT " + mode.unlock + KEY, app);
    } catch (SQLException e) {
      lost(e); // and the lock with it
    }
  }

  /** Whether the connection of this number still holds its locks. */
  synchronized boolean lives(int taken) {
    Connection on = connection;
    if (taken != number || on == null) {
      return false;
    }
    try (Statement statement = on.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      lost(e);
      return false;
    }
  }

  private static long timesAlone(Connection on, AppId app) throws SQLException {
    try (PreparedStatement select =
        on.prepareStatement("SELECT times_alone FROM app WHERE id = ?")) {
      select.setString(1, app.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static int countAlone(Connection on, AppId app) throws SQLException {
    try (PreparedStatement update =
        on.prepareStatement("UPDATE app SET times_alone = times_alone + 1 WHERE id = ?")) {
      update.setString(1, app.value());
      return update.executeUpdate();
    }
  }

  private static boolean isTrue(Connection on, String sql, AppId app) throws SQLException {
    try (PreparedStatement select = on.prepareStatement(sql)) {
      select.setString(1, app.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static <T> T repeatedly(Retry.Work<T, SQLException> work) {
    try {
      return retried(work);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "The lock of an app's repository cannot be asked for: the database does not answer.",
          new IOException(e));
    }
  }

  private static <T> T retried(Retry.Work<T, SQLException> work) throws SQLException {
    try {
      return Retry.call(RETRIES, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return work.run(); // without a pause, for the last time
    }
  }

  private synchronized <T> T once(Work<T> work) throws SQLException {
    try {
      return work.on(connected());
    } catch (SQLException e) {
      lost(e);
      throw e;
    }
  }

  private Connection connected() throws SQLException {
    Connection on = connection;
    if (on != null) {
      return on;
    }
    if (closed) {
      throw new SQLException("the locks are closed");
    }
    Connection opened = source.getConnection();
    connection = opened;
    number++;
    try (Statement statement = opened.createStatement()) {
      statement.execute(KEEPALIVE);
    }
    return opened;
  }

  private void lost(SQLException cause) {
    Connection on = connection;
    connection = null;
    if (on == null) {
      return;
    }
    LOG.warn("the connection with the locks of apps was lost: {}", cause.getMessage());
    try {
      on.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("the lost connection could not be closed", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Connection on = connection;
    connection = null;
    if (on == null) {
      return;
    }
    try {
      on.close();
    } catch (SQLException e) {
      LOG.debug("the connection with the locks could not be closed", e);
    }
  }
}
