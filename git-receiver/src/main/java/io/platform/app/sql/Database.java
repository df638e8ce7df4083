package io.platform.app.sql;

import io.platform.app.Signals;
import io.platform.app.Topic;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;

/**
 * Runs transactions, and raises their signals after the commit: a follower that is woken sees what
 * was written.
 */
final class Database implements AutoCloseable {
  private final Engine engine;
  private final Signals signals;

  Database(Engine engine, Signals signals) {
    this.engine = engine;
    this.signals = signals;
  }

  /** A transaction that survives a loss of power once this returns. */
  <T, X extends Exception> T write(Work<T, X> work) throws X {
    return transact(work, true);
  }

  /** A transaction that survives the death of the process once this returns, see the package. */
  <T, X extends Exception> T append(Work<T, X> work) throws X {
    return transact(work, false);
  }

  /** Reads one state of the database. */
  <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return engine.readers().inTransaction(work);
  }

  private <T, X extends Exception> T transact(Work<T, X> work, boolean durable) throws X {
    Set<Topic> topics = new LinkedHashSet<>();
    T result =
        engine
            .writers()
            .withHandle(handle -> {
              engine.durable(handle, durable);
              return handle.inTransaction(begun -> {
                Tx tx = new Tx(begun, engine);
                T done = work.in(tx);
                topics.addAll(tx.raised());
                return done;
              });
            });
    topics.forEach(signals::raise);
    return result;
  }

  @Override
  public void close() {
    engine.close();
  }

  /** What a transaction does; an exception rolls it back. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T in(Tx tx) throws X;
  }
}
