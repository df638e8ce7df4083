package io.platform.kubernetes.desired;

import java.time.Duration;

/**
 * The settings of build pods.
 *
 * @param workSize the most that a build may have on disk: its source, slug and cache
 * @param tmpSize the most that it may have in /tmp and in /app
 * @param grace from SIGTERM to SIGKILL when one is canceled
 */
public record BuildSettings(
    ContainerProgram program,
    ContainerResources resources,
    String workSize,
    String tmpSize,
    Duration grace) {
  /** Refuses what is no quantity. */
  public BuildSettings {
    ContainerResources.check(workSize);
    ContainerResources.check(tmpSize);
  }

  /** Up to 2 CPUs, 2 GiB of memory and 10 GiB of disk; 10 seconds to stop. */
  public static BuildSettings defaults(ContainerProgram program) {
    return new BuildSettings(
        program,
        new ContainerResources("250m", "2", "512Mi", "2Gi"),
        "10Gi",
        "1Gi",
        Duration.ofSeconds(10));
  }
}
