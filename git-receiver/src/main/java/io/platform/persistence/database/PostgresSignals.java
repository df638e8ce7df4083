package io.platform.persistence.database;

import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals between the processes on one database: {@code NOTIFY} in the transaction that changes
 * something, {@code LISTEN} on a connection of its own. While that connection is lost, signals are
 * too: once there is another, everybody is woken.
 */
final class PostgresSignals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSignals.class);
  private static final String CHANNEL = "platform";
  private static final Duration LOOK_AT_CONNECTION = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DataSource source;
  private final Signals signals;
  private final String self = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Connection connection;

  private PostgresSignals(DataSource source, Signals signals) throws SQLException {
    this.source = source;
    this.signals = signals;
    this.connection = listen();
  }

  /** Listens once this returns. */
  static PostgresSignals open(DataSource source, Signals signals) throws SQLException {
    PostgresSignals opened = new PostgresSignals(source, signals);
    Thread.ofPlatform().daemon().name("database-signals").start(opened::receive);
    return opened;
  }

  /** Others hear of it when the transaction commits; this process raises its signals itself. */
  void announce(Handle handle, Collection<Topic> topics) {
    for (Topic topic : topics) {
      handle.execute("SELECT pg_notify(?, ?)", CHANNEL, self + " " + topic.line());
    }
  }

  private Connection listen() throws SQLException {
    Connection opened = source.getConnection();
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private void receive() {
    while (true) {
      try {
        receiveUntilBroken(connection);
      } catch (SQLException e) {
        if (isClosed()) {
          return;
        }
        LOG.warn(
            "the connection on which other processes announce changes was lost: {}",
            e.getMessage());
        abandon(connection);
      }
      if (!connectAgain()) {
        return;
      }
      signals.raise(new Topic.Anything());
    }
  }

  private void receiveUntilBroken(Connection on) throws SQLException {
    PGConnection listening = on.unwrap(PGConnection.class);
    while (true) {
      PGNotification[] received = listening.getNotifications((int) LOOK_AT_CONNECTION.toMillis());
      if (received == null || received.length == 0) {
        check(on);
        continue;
      }
      for (PGNotification notification : received) {
        raise(notification.getParameter());
      }
    }
  }

  private static void check(Connection on) throws SQLException {
    try (Statement statement = on.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  private void raise(String received) {
    String[] parts = received.split(" ", 2);
    if (parts.length == 2 && !parts[0].equals(self)) {
      Topic.ofLine(parts[1]).ifPresent(signals::raise);
    }
  }

  private boolean connectAgain() {
    Duration pause = FIRST_PAUSE;
    while (!closedWithin(pause)) {
      try {
        connection = listen();
        if (isClosed()) {
          abandon(connection);
          return false;
        }
        LOG.info("the signals of other processes arrive again");
        return true;
      } catch (SQLException e) {
        LOG.debug("the database cannot be listened to yet", e);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    }
    return false;
  }

  private boolean closedWithin(Duration limit) {
    try {
      return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static void abandon(Connection lost) {
    try {
      lost.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("the lost connection could not be closed", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    abandon(connection);
  }
}
