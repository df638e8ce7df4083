package io.platform.kubernetes.desired;

/**
 * The ports of the platform's own pod that builds and apps reach.
 *
 * @param receiver of the API, with sources and slugs
 * @param deployer of builders' reports
 */
public record PlatformPorts(int receiver, int deployer) {
  /** 8080 and 8081. */
  public static PlatformPorts defaults() {
    return new PlatformPorts(8080, 8081);
  }
}
