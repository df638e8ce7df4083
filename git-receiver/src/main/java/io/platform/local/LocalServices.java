package io.platform.local;

import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.ResourceStack;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.UnusedMemory;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.git.repository.Repositories;
import io.platform.metrics.MetricsSetting;
import io.platform.metrics.PlatformMetrics;
import io.platform.signal.LocalSignals;
import java.io.IOException;
import java.time.Instant;

/** The open database, object store and metrics of a platform on one machine. */
record LocalServices(
    PlatformMetrics metrics, PlatformServices services, Repositories repositories) {

  /**
   * Opens it, and makes what is not there.
   *
   * @param parts closes it
   */
  static LocalServices open(LocalConfig config, ResourceStack parts)
      throws IOException, StartupException {
    parts.add("collection of unused memory", UnusedMemory.start());
    PlatformMetrics metrics = parts.add("metrics", MetricsSetting.open(config.metrics()));
    PlatformServices services =
        PlatformServices.open(config.services(), new LocalSignals(), metrics, parts);
    if (config.ownObjects()) {
      // This server's alone: no upload of another's is going on.
      services.objects().sweep(Instant.now());
    }
    return new LocalServices(
        metrics,
        services,
        parts.add(
            "git repositories",
            new DirectoryRepositories(
                config.data().resolve("repos"), services.keys().clusterId(), services.appLocks())));
  }
}
