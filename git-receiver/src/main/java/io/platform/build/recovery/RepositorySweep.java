package io.platform.build.recovery;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.port.Apps;
import io.platform.git.repository.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what killed receivers left in repositories: at once where nobody uses the repository,
 * otherwise later. Not for several threads.
 */
public final class RepositorySweep {
  private static final Logger LOG = LoggerFactory.getLogger(RepositorySweep.class);

  private final Apps apps;
  private final Repositories repositories;
  private final Set<AppId> inUse = new HashSet<>();

  /** Of the repositories of these apps. */
  public RepositorySweep(Apps apps, Repositories repositories) {
    this.apps = apps;
    this.repositories = repositories;
  }

  void sweepAll() {
    apps.all().forEach(this::sweep);
  }

  /** Those that were in use. */
  void sweepAgain() {
    for (AppId id : List.copyOf(inUse)) {
      inUse.remove(id);
      apps.find(id).ifPresent(this::sweep);
    }
  }

  void sweep(App app) {
    try {
      if (!repositories.sweep(app)) {
        inUse.add(app.id());
      }
    } catch (IOException e) {
      failed(app, new UncheckedIOException(e));
    } catch (RuntimeException e) {
      failed(app, e);
    }
  }

  /** A stop of the server ends the whole sweep, which the next start begins again. */
  private static void failed(App app, RuntimeException failure) {
    if (Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    LOG.warn("what a kill left in the repository of {} could not be removed", app.path(), failure);
  }
}
