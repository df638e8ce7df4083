package io.platform.persistence.database;

import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.AppId;
import io.platform.domain.port.AppLocks;
import io.platform.persistence.database.PostgresLockSession.Mode;
import io.platform.persistence.database.PostgresLockSession.Taken;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The locks as advisory locks of PostgreSQL, all of this process on one connection beside the pools
 * (see {@link PostgresLockSession}). One connection never conflicts with itself, so this process's
 * own holders are kept apart in memory first.
 */
final class PostgresAppLocks implements AppLocks, AutoCloseable {
  /** To share what another process has alone. */
  private static final RetryPolicy<Optional<Taken>> UNTIL_TAKEN =
      Retry.until(Optional::isPresent, RetryPolicies.held(Duration.ofMillis(100)));

  private final InProcessAppLocks here = new InProcessAppLocks();
  private final PostgresLockSession session;

  PostgresAppLocks(DataSource source) {
    this.session = new PostgresLockSession(source);
  }

  @Override
  public Held share(AppId app) throws InterruptedException {
    Held inProcess = here.share(app);
    try {
      Optional<Taken> taken = Retry.call(UNTIL_TAKEN, () -> session.tryLock(app, Mode.SHARED));
      return new Shared(app, inProcess, taken.orElseThrow());
    } catch (InterruptedException | RuntimeException e) {
      inProcess.close();
      throw e;
    }
  }

  @Override
  public Optional<Held> tryAlone(AppId app) {
    Optional<Held> inProcess = here.tryAlone(app);
    if (inProcess.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Taken> taken = session.tryLock(app, Mode.ALONE);
      if (taken.isPresent()) {
        return Optional.of(new Alone(app, inProcess.get(), taken.get()));
      }
    } catch (RuntimeException e) {
      inProcess.get().close();
      throw e;
    }
    inProcess.get().close();
    return Optional.empty();
  }

  @Override
  public void close() {
    session.close();
  }

  /**
   * A share outlives its connection: it is taken again, and is as good as before unless somebody
   * had the app alone in between.
   */
  private final class Shared implements Held {
    private final AppId app;
    private final Held inProcess;
    private Taken taken;

    Shared(AppId app, Held inProcess, Taken taken) {
      this.app = app;
      this.inProcess = inProcess;
      this.taken = taken;
    }

    @Override
    public synchronized boolean isHeld() {
      return inProcess.isHeld() && (session.lives(taken.number()) || takenAgain());
    }

    private boolean takenAgain() {
      Optional<Taken> again = session.tryLock(app, Mode.SHARED);
      if (again.isEmpty()) {
        return false;
      }
      if (again.get().timesAlone() != taken.timesAlone()) {
        session.unlock(app, Mode.SHARED, again.get().number());
        return false;
      }
      taken = again.get();
      return true;
    }

    @Override
    public synchronized void close() {
      if (inProcess.isHeld()) {
        session.unlock(app, Mode.SHARED, taken.number());
        inProcess.close();
      }
    }
  }

  private final class Alone implements Held {
    private final AppId app;
    private final Held inProcess;
    private final Taken taken;

    Alone(AppId app, Held inProcess, Taken taken) {
      this.app = app;
      this.inProcess = inProcess;
      this.taken = taken;
    }

    @Override
    public boolean isHeld() {
      return inProcess.isHeld() && session.lives(taken.number());
    }

    @Override
    public synchronized void close() {
      if (inProcess.isHeld()) {
        session.unlock(app, Mode.ALONE, taken.number());
        inProcess.close();
      }
    }
  }
}
