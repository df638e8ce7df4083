package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.port.Traffic;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.SandboxProgram;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** The settings, sandbox and directories that all apps share. */
public record AppContext(
    ProcessContext context,
    ProcessSettings.Apps settings,
    SandboxProgram runner,
    Traffic traffic,
    PortPool ports,
    PortReadiness readiness,
    Executor background) {

  /** Where the directories of an app's processes are. */
  Path directory(App app) {
    return context
        .work()
        .resolve("apps")
        .resolve(app.path().namespace())
        .resolve(app.path().name());
  }

  /** Where an app's log is. */
  Path logs(App app) {
    return context
        .data()
        .resolve("logs")
        .resolve(app.path().namespace())
        .resolve(app.path().name());
  }
}
