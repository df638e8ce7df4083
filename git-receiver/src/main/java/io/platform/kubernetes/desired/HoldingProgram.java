package io.platform.kubernetes.desired;

import java.util.List;

/**
 * What keeps the container of a one-off process up while its command, which is started in it, has a
 * user. When the container is stopped, it passes the signal on to all processes and waits for them.
 */
final class HoldingProgram {
  private static final String SCRIPT =
      """
      end() { kill -HUP -1; kill -TERM -1; while kill -0 -1; do sleep 0.2; done; exit 0; } 2>/dev/null
      trap end TERM
      sleep infinity & wait
      """;

  private HoldingProgram() {}

  static List<String> words() {
    return List.of("bash", "-c", SCRIPT);
  }
}
