package io.platform.release;

import io.platform.domain.App;
import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;

/**
 * What is to run of an app: this release, in that number and size, and nothing older than what was
 * restarted.
 */
record DesiredProcesses(ReleaseVersion version, Formation formation, Restarts restarts) {
  static DesiredProcesses of(App app, Release release) {
    return new DesiredProcesses(release.version(), app.formation(), app.restarts());
  }
}
