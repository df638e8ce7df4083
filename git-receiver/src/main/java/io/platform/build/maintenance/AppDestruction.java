package io.platform.build.maintenance;

import io.platform.build.StoredBuilds;
import io.platform.domain.App;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a destroyed app leaves once nothing of it runs: repository, objects, rows, in this
 * order.
 */
public final class AppDestruction {
  private static final Logger LOG = LoggerFactory.getLogger(AppDestruction.class);

  private final Stores stores;
  private final Repositories repositories;
  private final StoredBuilds objects;

  /** Deletes from all of these. */
  public AppDestruction(Stores stores, Repositories repositories, StoredBuilds objects) {
    this.stores = stores;
    this.repositories = repositories;
    this.objects = objects;
  }

  /** Does so where the app is stopped and its last build is settled; all of it can be repeated. */
  void deleteIfStopped(App app) throws IOException {
    if (app.status() != App.Status.STOPPED || stores.builds().unsettled(app.id()).isPresent()) {
      return;
    }
    repositories.delete(app);
    objects.delete(app);
    stores.apps().delete(app.id());
    LOG.info("app {} is destroyed", app.path());
  }
}
