package io.platform.release;

import io.platform.domain.App;
import io.platform.domain.AppOptions;
import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;
import java.util.Set;

/**
 * The desired processes of an app: release, number, size, options, and the restarts to carry out;
 * and the host names at which they answer, where they do.
 */
record DesiredProcesses(
    ReleaseVersion version,
    Formation formation,
    Restarts restarts,
    AppOptions options,
    Set<String> hosts,
    boolean maintenance) {
  static DesiredProcesses of(App app, Release release) {
    return new DesiredProcesses(
        release.version(),
        app.formation(),
        app.restarts(),
        app.options(),
        app.hosts(),
        app.maintenance());
  }
}
