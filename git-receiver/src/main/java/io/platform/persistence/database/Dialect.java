package io.platform.persistence.database;

import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Topic;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The differences between database engines. The SQL of the stores is the same on all of them. */
public interface Dialect extends AutoCloseable {
  /** For transactions that write. */
  Jdbi writers();

  /** For transactions that read: each sees one state of the database. */
  Jdbi readers();

  /**
   * Before a transaction begins: whether its commit waits until it would survive a loss of power.
   *
   * @param durable where false, it must still survive the death of the process
   */
  void durable(Handle handle, boolean durable);

  /** Holds a row until the transaction ends, so that what is decided on it stays true. */
  void lock(Handle handle, String table, String id);

  /** Locks across the processes that have the database open. */
  AppLocks appLocks();

  /**
   * Removes what was overwritten or deleted from the database's files, as far as the database can.
   */
  void purge();

  /** Tells other processes on the database, if it can, once the transaction has committed. */
  void announce(Handle handle, Collection<Topic> topics);

  /** Whether a transaction that failed like this left nothing, and may succeed if run again. */
  boolean mayBeRepeated(Exception failure);

  @Override
  void close();
}
