package io.platform.kubernetes.desired;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of apps.
 *
 * @param appSize the most that an app may have on disk, its slug included
 * @param tmpSize the most that it may have in /tmp
 * @param port what PORT says
 * @param steady how long a process of another type than {@code web} must run until it counts as up
 * @param boot from the start of a container until what runs in it may be checked; its slug is
 *     fetched in it
 * @param drain how long a pod goes on serving after it was told to go, so that everybody hears that
 *     it gets no new requests; then comes SIGTERM
 * @param grace from SIGTERM to SIGKILL
 * @param ingress empty where the platform's own proxy carries the apps' host names
 */
public record AppSettings(
    ContainerProgram program,
    ContainerResources resources,
    String appSize,
    String tmpSize,
    int port,
    Duration steady,
    Duration boot,
    Duration drain,
    Duration grace,
    Optional<Ingress> ingress) {
  /** Refuses what cannot work. */
  public AppSettings {
    ContainerResources.check(appSize);
    ContainerResources.check(tmpSize);
    if (port < 1024 || port > 65_535) {
      throw new IllegalArgumentException("port is %d (1024 to 65535)".formatted(port));
    }
  }

  /**
   * How apps' host names reach them.
   *
   * @param className the ingress class
   * @param tlsSecret the Secret with the certificate, in the users' namespaces; {@code {app}} in it
   *     becomes the app's name; empty where the controller has a certificate of its own
   * @param annotations what the controller, or a maker of certificates, wants to read
   */
  public record Ingress(
      String className, Optional<String> tlsSecret, Map<String, String> annotations) {
    /** Copies the map. */
    public Ingress {
      annotations = Map.copyOf(annotations);
    }
  }

  /**
   * Up to 1 CPU and 512 MiB of memory, 2 GiB of disk, port 5000; 2 minutes to start, 5 + 30 seconds
   * to stop.
   */
  public static AppSettings defaults(ContainerProgram program) {
    return new AppSettings(
        program,
        new ContainerResources("100m", "1", "256Mi", "512Mi"),
        "2Gi",
        "512Mi",
        5000,
        Duration.ofSeconds(5),
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Optional.empty());
  }

  /** These settings, with Ingresses. */
  public AppSettings with(Ingress changed) {
    return new AppSettings(
        program,
        resources,
        appSize,
        tmpSize,
        port,
        steady,
        boot,
        drain,
        grace,
        Optional.of(changed));
  }
}
