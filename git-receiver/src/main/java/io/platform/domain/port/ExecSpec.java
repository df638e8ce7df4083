package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.TerminalSize;
import java.util.Map;
import java.util.Optional;

/**
 * A command inside a process that runs.
 *
 * @param command for a shell, with the environment that the process has
 * @param environment beside that, and before it
 * @param terminal empty where the command has none
 */
public record ExecSpec(
    App app,
    ProcessName process,
    String command,
    Map<String, String> environment,
    Optional<TerminalSize> terminal) {
  /** Copies the map. */
  public ExecSpec {
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "ExecSpec[%s %s]".formatted(app.path(), process);
  }
}
