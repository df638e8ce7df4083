package io.platform.persistence.database;

import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions, and raises their signals after the commit: a follower that is woken sees what
 * was written. A transaction that lost against another one, or whose connection broke before its
 * commit, is run again.
 */
public final class TransactionRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionRunner.class);

  private final Dialect dialect;
  private final Signals signals;
  private final RetryPolicy<Object> retries;

  public TransactionRunner(Dialect dialect, Signals signals) {
    this.dialect = dialect;
    this.signals = signals;
    this.retries =
        RetryPolicies.transaction()
            .handleIf(failure -> failure instanceof JdbiException e && dialect.mayBeRepeated(e))
            .build();
  }

  /** A transaction that survives a loss of power once this returns. */
  public <T, X extends Exception> T write(Work<T, X> work) throws X {
    return repeatedly(() -> transact(work, true));
  }

  /** A transaction that survives the death of the process once this returns, see the package. */
  public <T, X extends Exception> T append(Work<T, X> work) throws X {
    return repeatedly(() -> transact(work, false));
  }

  /** Reads one state of the database. */
  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return repeatedly(() -> dialect.readers().inTransaction(work));
  }

  private <T, X extends Exception> T transact(Work<T, X> work, boolean durable) throws X {
    Set<Topic> topics = new LinkedHashSet<>();
    T result =
        dialect
            .writers()
            .withHandle(handle -> {
              dialect.durable(handle, durable);
              return handle.inTransaction(begun -> {
                Transaction tx = new Transaction(begun, dialect);
                T done = work.in(tx);
                dialect.announce(begun, tx.raised());
                topics.addAll(tx.raised());
                return done;
              });
            });
    topics.forEach(signals::raise);
    return result;
  }

  private <T, X extends Exception> T repeatedly(Retry.Work<T, X> attempt) throws X {
    try {
      return Retry.call(retries, attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return attempt.run(); // without a pause, for the last time
    }
  }

  /** Removes from the database's files what its rows do not have any more. */
  public void purge() {
    try {
      dialect.purge();
    } catch (JdbiException e) {
      LOG.warn(
          "config vars are encrypted now, but the database's files may still have earlier, plain values: run VACUUM (on PostgreSQL VACUUM FULL) on its tables",
          e);
    }
  }

  public AppLocks appLocks() {
    return dialect.appLocks();
  }

  @Override
  public void close() {
    dialect.close();
  }

  /** What a transaction does, once or several times; an exception rolls it back. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T in(Transaction tx) throws X;
  }
}
