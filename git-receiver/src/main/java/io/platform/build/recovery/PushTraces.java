package io.platform.build.recovery;

import io.platform.build.StoredBuilds;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.Apps;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a push that was not accepted leaves: its part of the repository, and its objects. */
public final class PushTraces {
  private static final Logger LOG = LoggerFactory.getLogger(PushTraces.class);

  private final Apps apps;
  private final RepositorySweep sweep;
  private final StoredBuilds objects;

  /** Of pushes to these apps. */
  public PushTraces(Apps apps, RepositorySweep sweep, StoredBuilds objects) {
    this.apps = apps;
    this.sweep = sweep;
    this.objects = objects;
  }

  /** Removes what the push of a build left. */
  void remove(Build build) {
    apps.find(build.app()).ifPresent(app -> remove(app, build.id()));
  }

  private void remove(App app, BuildId build) {
    sweep.sweep(app);
    try {
      objects.delete(app, build);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new UncheckedIOException(e);
      }
      LOG.warn("what build {} stored could not be deleted", build, e);
    }
  }
}
