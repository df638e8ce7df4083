package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.port.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what a kill left, before anything new is received. There is one receiver for a volume of
 * repositories, so at its start every unsettled build is an earlier process's, and every lock file
 * and quarantine is nobody's.
 */
final class StartupRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StartupRecovery.class);

  private final Stores stores;
  private final BuildLifecycle lifecycle;
  private final BuildSupervisor.Storage storage;

  StartupRecovery(Stores stores, BuildLifecycle lifecycle, BuildSupervisor.Storage storage) {
    this.stores = stores;
    this.lifecycle = lifecycle;
    this.storage = storage;
  }

  /** The builds that are to be driven on. */
  List<BuildId> repair() {
    sweepRepositories();
    List<BuildId> unsettled = new ArrayList<>();
    for (Build build : stores.builds().unsettled()) {
      if (build.status() == Build.Status.RECEIVING) {
        giveUpReceiving(build);
      }
      unsettled.add(build.id());
    }
    if (!unsettled.isEmpty()) {
      LOG.info("{} unsettled builds are taken up: {}", unsettled.size(), unsettled);
    }
    return unsettled;
  }

  private void sweepRepositories() {
    for (App app : stores.apps().all()) {
      try {
        if (!storage.repositories().sweep(app)) {
          LOG.info(
              "the repository of {} is in use; what a kill left there stays for now", app.path());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("what a kill left in the repository of {} could not be removed", app.path(), e);
      }
    }
  }

  /** The push was not accepted, and its pusher has gone: what it left is of no use. */
  private void giveUpReceiving(Build build) {
    lifecycle.end(build.id(), new BuildEnd.Failed(new BuildFailureCause.PushInterrupted()));
    stores.apps().find(build.app()).ifPresent(app -> deleteObjects(app, build.id()));
  }

  private void deleteObjects(App app, BuildId build) {
    try {
      storage.objects().deleteAll(storage.keys().build(app, build));
    } catch (IOException e) {
      LOG.warn("what build {} stored could not be deleted", build, e);
    }
  }
}
