package io.platform.api;

import io.platform.commons.http.Problem;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.TerminalSize;
import io.platform.service.OneOffRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a one-off process: the body of a request, or the first message of a connection.
 *
 * @param process for a command inside a process
 * @param memory of a one-off process, such as {@code 512M}
 * @param cpu in cores
 * @param terminal where the user has one
 */
record OneOffBody(
    @Nullable String command,
    @Nullable String process,
    @Nullable Map<String, @Nullable String> environment,
    @Nullable String memory,
    @Nullable Double cpu,
    @Nullable Terminal terminal) {
  private static final double MOST_CORES = 1_000_000;

  /** The terminal's type is that of the variable TERM. */
  record Terminal(int columns, int rows, @Nullable String type) {}

  OneOffRequest request() {
    Map<String, String> variables = new HashMap<>();
    Optional.ofNullable(terminal)
        .map(Terminal::type)
        .filter(type -> !type.isEmpty())
        .ifPresent(type -> variables.put("TERM", type));
    if (environment != null) {
      environment.forEach(
          (name, value) -> variables.put(name, Optional.ofNullable(value).orElse("")));
    }
    return new OneOffRequest(
        Optional.ofNullable(command).orElse(""),
        variables,
        new ProcessSize(
            Optional.ofNullable(memory).map(OneOffBody::bytes),
            Optional.ofNullable(cpu).map(OneOffBody::milliCpu)),
        Optional.ofNullable(terminal).map(it -> new TerminalSize(it.columns(), it.rows())));
  }

  ProcessName processName() {
    return processName(Optional.ofNullable(process).orElse(""));
  }

  /** The process that a text names. */
  static ProcessName processName(String text) {
    return ProcessName.parse(text)
        .orElseThrow(() ->
            new Problem(
                422, "'%s' names no process: send a process such as web.1.".formatted(text)));
  }

  private static long bytes(String text) {
    return MemorySize.parse(text)
        .filter(bytes -> bytes > 0)
        .orElseThrow(() ->
            new Problem(422, "'%s' is no size of memory: send one such as 512M.".formatted(text)));
  }

  private static int milliCpu(double cores) {
    if (!(cores >= 0.001 && cores <= MOST_CORES)) {
      throw new Problem(422, "%s is no number of cores: send one such as 0.5.".formatted(cores));
    }
    return (int) Math.round(cores * 1000);
  }
}
