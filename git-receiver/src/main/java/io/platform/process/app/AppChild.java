package io.platform.process.app;

import io.platform.domain.TerminalSize;
import io.platform.process.sandbox.AttachedChild;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.slug.ConfigVars;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The child process of an app's process, and its sandbox, in which further commands can run.
 *
 * @param gone completes when it has ended and nothing of it is left
 */
record AppChild(
    ProcessContext context, ProcessSpec spec, ChildProcess child, CompletableFuture<Void> gone) {

  /** Starts a command beside it: in its sandbox, with its directories and its environment. */
  AttachedChild exec(String command, Map<String, String> variables, Optional<TerminalSize> terminal)
      throws IOException {
    Map<String, String> environment = new TreeMap<>(spec.environment());
    environment.remove(RunnerVariables.INIT);
    environment.putAll(ConfigVars.toEnvironment(variables));
    environment.put(RunnerVariables.COMMAND, command);
    environment.put(RunnerVariables.INSIDE, "true");
    ProcessSpec inside =
        new ProcessSpec(
            spec.name() + "/exec",
            spec.directory(),
            spec.writable(),
            spec.program(),
            environment,
            spec.limits());
    return AttachedChild.startInside(context, inside, terminal, child);
  }

  /** Stops it, and returns when nothing of it is left. */
  void stop(Duration grace) {
    child.stop(grace);
    gone.join();
  }
}
