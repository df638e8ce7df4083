package io.platform.commons.shutdown;

import java.time.Duration;

/**
 * The time limits for stopping a server. What supervises it (systemd, the kubelet) sends SIGKILL
 * after a time of its own, which must be longer than the total.
 *
 * @param part for one part of the server, unless the part says otherwise
 * @param total from SIGTERM to the end of the process
 */
public record ShutdownLimits(Duration part, Duration total) {
  /** For a server on a machine: 10 s and 80 s. systemd waits for 90 s. */
  public static ShutdownLimits ofMachine() {
    return new ShutdownLimits(Duration.ofSeconds(10), Duration.ofSeconds(80));
  }

  /**
   * For a server in a pod, which stops nothing but itself: 5 s and 20 s. The kubelet waits for 30
   * s, of which a preStop hook may take some.
   */
  public static ShutdownLimits ofPod() {
    return new ShutdownLimits(Duration.ofSeconds(5), Duration.ofSeconds(20));
  }
}
