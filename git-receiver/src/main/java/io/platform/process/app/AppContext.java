package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.port.RunSpec;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.SandboxProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What the processes of all apps are started and stopped with. */
public record AppContext(
    ProcessContext context,
    ProcessSettings.Apps settings,
    SandboxProgram runner,
    PortPool ports,
    StartTurns turns,
    Executor background) {

  /** How long a process of the release may take from SIGTERM to its end. */
  Duration grace(RunSpec spec) {
    return spec.app().options().rollout().stopGrace(settings.grace());
  }

  /** Where the directories of an app's processes are. */
  Path directory(App app) {
    return context
        .work()
        .resolve("apps")
        .resolve(app.location().namespace())
        .resolve(app.location().name());
  }
}
