package io.platform.domain.port;

import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.TerminalSize;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A one-off process: a command of a user's, with the code and the config of a release.
 *
 * @param run the app, its live release, and the token for its slug
 * @param command for a shell; the name of one of the release's process types stands for its command
 * @param environment beside the config vars, and before them; may hold secrets
 * @param terminal empty where the process has none: then input, output and errors are pipes
 * @param lifetime how long it may run
 */
public record OneOffSpec(
    RunSpec run,
    ProcessName name,
    String command,
    Map<String, String> environment,
    ProcessSize size,
    Optional<TerminalSize> terminal,
    Duration lifetime) {
  /** Copies the map. */
  public OneOffSpec {
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "OneOffSpec[%s %s]".formatted(run, name);
  }
}
