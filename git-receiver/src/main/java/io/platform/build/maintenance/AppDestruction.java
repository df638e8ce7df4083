package io.platform.build.maintenance;

import io.platform.build.StoredBuilds;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Builds;
import io.platform.git.repository.Repositories;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a destroyed app leaves once nothing of it runs: repository, objects, rows, in this
 * order.
 */
public final class AppDestruction {
  private static final Logger LOG = LoggerFactory.getLogger(AppDestruction.class);

  private final Apps apps;
  private final Builds builds;
  private final Repositories repositories;
  private final StoredBuilds objects;

  /** Deletes from all of these. */
  public AppDestruction(Apps apps, Builds builds, Repositories repositories, StoredBuilds objects) {
    this.apps = apps;
    this.builds = builds;
    this.repositories = repositories;
    this.objects = objects;
  }

  /** The app as it is now, where it is still there. */
  Optional<App> find(AppId id) {
    return apps.find(id);
  }

  /** All apps, whatever they do. */
  List<App> all() {
    return apps.all();
  }

  /** Does so where the app is stopped and its last build is settled; all of it can be repeated. */
  void deleteIfStopped(App app) throws IOException {
    if (app.status() != App.Status.STOPPED || builds.unsettled(app.id()).isPresent()) {
      return;
    }
    repositories.delete(app);
    objects.delete(app);
    apps.delete(app.id());
    LOG.info("app {} is destroyed", app.path());
  }
}
