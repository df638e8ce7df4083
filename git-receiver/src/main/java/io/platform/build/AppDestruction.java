package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.port.Stores;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a destroyed app leaves once nothing of it runs: repository, objects, rows, in this
 * order.
 */
final class AppDestruction {
  private static final Logger LOG = LoggerFactory.getLogger(AppDestruction.class);

  private final Stores stores;
  private final BuildSupervisor.Storage storage;

  AppDestruction(Stores stores, BuildSupervisor.Storage storage) {
    this.stores = stores;
    this.storage = storage;
  }

  /** Does so where the app is stopped and its last build is settled; all of it can be repeated. */
  void deleteIfStopped(App app) {
    if (app.status() != App.Status.STOPPED || stores.builds().unsettled(app.id()).isPresent()) {
      return;
    }
    try {
      storage.repositories().delete(app);
      storage.objects().deleteAll(storage.keys().app(app));
      stores.apps().delete(app.id());
      LOG.info("app {} is destroyed", app.path());
    } catch (IOException | RuntimeException e) {
      LOG.warn("app {} could not be deleted wholly; it is tried again", app.path(), e);
    }
  }
}
