package io.platform.app.sql;

import io.platform.app.AppId;
import io.platform.app.BuildId;
import io.platform.app.Topic;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that writes: its handle, its row locks, and the signals to raise once it has
 * committed.
 */
final class Tx {
  private final Handle handle;
  private final Engine engine;
  private final Set<Topic> raised = new LinkedHashSet<>();

  Tx(Handle handle, Engine engine) {
    this.handle = handle;
    this.engine = engine;
  }

  Handle sql() {
    return handle;
  }

  /** Locks are taken in this order: an app before its builds. */
  void lock(AppId app) {
    engine.lock(handle, "app", app.value());
  }

  void lock(BuildId build) {
    engine.lock(handle, "build", build.value());
  }

  void changed(AppId app) {
    raised.add(new Topic.AppChanged(app));
  }

  void changed(BuildId build) {
    raised.add(new Topic.BuildChanged(build));
  }

  Set<Topic> raised() {
    return raised;
  }
}
