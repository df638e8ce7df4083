package io.platform.api;

import static java.util.Objects.requireNonNull;

import io.platform.domain.DrainLimits;
import io.platform.domain.OneOffLimits;
import io.platform.domain.ScaleLimits;
import io.platform.retention.RetentionConfig;
import io.platform.slug.BuildJob;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits and intervals of the API.
 *
 * @param base scheme, host and port that users see, without a path
 * @param platformUrl the same for builders and runners
 * @param reportsUrl the same for what builders report
 * @param issuer the auth server
 * @param limits what a build may take
 * @param urlValidity how long a signed object URL is good
 * @param logBytes how much of a builder's output is kept
 * @param destroyLimit how long a destroyer waits for the end of an app
 * @param retention how much is kept of what is stored
 * @param drains what log drains an app may have
 * @param oneOffs how much users may run beside the processes of their apps
 * @param scale how far an app can be scaled
 * @param hosts the platform's own host names, that of {@code base} among them, which is the domain
 *     of apps too
 */
public record ApiConfig(
    URI base,
    URI platformUrl,
    URI reportsUrl,
    URI issuer,
    BuildJob.Limits limits,
    Duration urlValidity,
    long logBytes,
    Duration destroyLimit,
    RetentionConfig retention,
    DrainLimits drains,
    OneOffLimits oneOffs,
    ScaleLimits scale,
    List<String> hosts) {
  /** What slugs are built for and run on. */
  public static final String STACK = "platform-1";

  /** Refuses what cannot work. */
  public ApiConfig {
    requireNonNull(base, "base is null");
    requireNonNull(platformUrl, "platformUrl is null");
    requireNonNull(reportsUrl, "reportsUrl is null");
    requireNonNull(issuer, "issuer is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(retention, "retention is null");
    hosts = List.copyOf(hosts);
    if (!urlValidity.isPositive() || !destroyLimit.isPositive() || logBytes <= 0) {
      throw new IllegalArgumentException(
          "urlValidity, destroyLimit and logBytes are more than nothing");
    }
  }

  /** With the usual retention, drains and scale, and the host names of these URLs. */
  public ApiConfig(
      URI base,
      URI platformUrl,
      URI reportsUrl,
      URI issuer,
      BuildJob.Limits limits,
      Duration urlValidity,
      long logBytes,
      Duration destroyLimit) {
    this(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        RetentionConfig.DEFAULTS,
        DrainLimits.defaults(),
        OneOffLimits.defaults(),
        ScaleLimits.defaults(),
        Stream.of(base, platformUrl, reportsUrl, issuer).map(URI::getHost).toList());
  }

  /** The same with another retention. */
  public ApiConfig with(RetentionConfig other) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        other,
        drains,
        oneOffs,
        scale,
        hosts);
  }

  /** The same with other limits for one-off processes. */
  public ApiConfig with(OneOffLimits other) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        retention,
        drains,
        other,
        scale,
        hosts);
  }

  /** The same with other drains. */
  public ApiConfig with(DrainLimits other) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        retention,
        other,
        oneOffs,
        scale,
        hosts);
  }

  /** The same with other limits of scaling. */
  public ApiConfig with(ScaleLimits other) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        retention,
        drains,
        oneOffs,
        other,
        hosts);
  }

  /** The same with other host names of the platform's own. */
  public ApiConfig withHosts(List<String> others) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        limits,
        urlValidity,
        logBytes,
        destroyLimit,
        retention,
        drains,
        oneOffs,
        scale,
        others);
  }

  /**
   * Slugs of 2 GiB from sources of 4 GiB, URLs good for 10 minutes, 64 MB of log, a minute to
   * destroy.
   */
  public static ApiConfig defaults(URI base, URI platformUrl, URI reportsUrl, URI issuer) {
    return new ApiConfig(
        base,
        platformUrl,
        reportsUrl,
        issuer,
        new BuildJob.Limits(2L << 30, 4L << 30),
        Duration.ofMinutes(10),
        64L << 20,
        Duration.ofMinutes(1));
  }
}
