package io.platform.process;

import io.platform.app.App;
import io.platform.app.Traffic;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** What all apps share. */
record AppHost(
    Host host,
    ProcessSettings.Apps settings,
    Program runner,
    Traffic traffic,
    PortPool ports,
    Readiness readiness,
    Executor background) {

  /** Where the directories of an app's processes are. */
  Path directory(App app) {
    return host.work().resolve("apps").resolve(app.path().namespace()).resolve(app.path().name());
  }

  /** Where an app's log is. */
  Path logs(App app) {
    return host.data().resolve("logs").resolve(app.path().namespace()).resolve(app.path().name());
  }
}
