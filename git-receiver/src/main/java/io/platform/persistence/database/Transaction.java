package io.platform.persistence.database;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.port.Topic;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that writes: its handle, its row locks, and the signals to raise once it has
 * committed.
 */
public final class Transaction {
  private final Handle handle;
  private final Dialect dialect;
  private final Set<Topic> raised = new LinkedHashSet<>();

  Transaction(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  public Handle sql() {
    return handle;
  }

  /** Locks are taken in this order: an app before its builds. */
  public void lock(AppId app) {
    dialect.lock(handle, "app", app.value());
  }

  public void lock(BuildId build) {
    dialect.lock(handle, "build", build.value());
  }

  public void changed(AppId app) {
    raised.add(new Topic.AppChanged(app));
  }

  public void changed(BuildId build) {
    raised.add(new Topic.BuildChanged(build));
  }

  Set<Topic> raised() {
    return raised;
  }
}
