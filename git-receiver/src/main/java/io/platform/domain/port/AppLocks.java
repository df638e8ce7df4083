package io.platform.domain.port;

import io.platform.domain.AppId;
import java.util.Optional;

/**
 * One lock for each app's repository, across all receivers on the database. Whoever adds objects or
 * moves refs shares it; whoever removes objects has it alone. Nobody queues to have it alone:
 * somebody who waits for that would keep newcomers out for as long as a push follows its build.
 *
 * <p>A lock belongs to no thread: one thread may take it and another free it. A process that dies,
 * or loses its connection to the database, loses its locks.
 */
public interface AppLocks {
  /**
   * Shares the app's lock with others; waits while somebody has it alone.
   *
   * @throws InterruptedException where it had to wait and was interrupted
   */
  Held share(AppId app) throws InterruptedException;

  /** Takes the app's lock alone; empty where anybody else has it or shares it. */
  Optional<Held> tryAlone(AppId app);

  /** A lock that is held until it is closed. Closing it again does nothing. */
  interface Held extends AutoCloseable {
    /**
     * Whether nobody can have had the app alone, other than this holder, since this lock was taken.
     * To be asked before what cannot be undone.
     */
    boolean isHeld();

    @Override
    void close();
  }
}
