package io.platform.api;

import static java.util.Objects.requireNonNull;

import io.platform.domain.DrainLimits;
import io.platform.domain.Infrastructure;
import io.platform.domain.OneOffLimits;
import io.platform.domain.ScaleLimits;
import io.platform.slug.BuildJob;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The addresses that the API names, and the limits of those who call it.
 *
 * @param infrastructure what apps run on, which decides what some requests can do
 */
public record ApiConfig(
    Addresses addresses,
    WorkloadLimits workloads,
    UserLimits users,
    Infrastructure infrastructure) {
  /** Refuses what cannot work. */
  public ApiConfig {
    requireNonNull(addresses, "addresses is null");
    requireNonNull(workloads, "workloads is null");
    requireNonNull(users, "users is null");
    requireNonNull(infrastructure, "infrastructure is null");
  }

  /** For apps that run on one machine. */
  public ApiConfig(Addresses addresses, WorkloadLimits workloads, UserLimits users) {
    this(addresses, workloads, users, Infrastructure.ONE_MACHINE);
  }

  /** The same for apps that run on this. */
  public ApiConfig on(Infrastructure other) {
    return new ApiConfig(addresses, workloads, users, other);
  }

  /**
   * Scheme, host and port of each part of the platform, without a path.
   *
   * @param base what users see
   * @param platformUrl where builders and runners ask for all that they need
   * @param reportsUrl where builders report
   * @param issuer the auth server
   * @param hosts the platform's own host names, that of {@code base} among them, which is the
   *     domain of apps too
   */
  public record Addresses(
      URI base, URI platformUrl, URI reportsUrl, URI issuer, List<String> hosts) {
    /** Refuses null. */
    public Addresses {
      requireNonNull(base, "base is null");
      requireNonNull(platformUrl, "platformUrl is null");
      requireNonNull(reportsUrl, "reportsUrl is null");
      requireNonNull(issuer, "issuer is null");
      hosts = List.copyOf(hosts);
    }

    /** All behind one address. */
    public static Addresses of(URI base) {
      return new Addresses(base, base, base, base, List.of(base.getHost()));
    }
  }

  /**
   * The limits of builders and runners.
   *
   * @param builds what a build may take
   * @param urlValidity how long a signed object URL is good
   * @param logBytes how much of a builder's output is kept
   */
  public record WorkloadLimits(BuildJob.Limits builds, Duration urlValidity, long logBytes) {
    /** Refuses what cannot work. */
    public WorkloadLimits {
      requireNonNull(builds, "builds is null");
      if (!urlValidity.isPositive() || logBytes <= 0) {
        throw new IllegalArgumentException("urlValidity and logBytes are more than nothing");
      }
    }

    /** Slugs of 2 GiB from sources of 4 GiB, URLs good for 10 minutes, 64 MB of log. */
    public static WorkloadLimits defaults() {
      return new WorkloadLimits(
          new BuildJob.Limits(2L << 30, 4L << 30), Duration.ofMinutes(10), 64L << 20);
    }
  }

  /**
   * The limits of users.
   *
   * @param destroyWait how long a request to destroy an app waits for the end of the app
   * @param drains what log drains an app may have
   * @param oneOffs how much users may run beside the processes of their apps
   * @param scale how far an app can be scaled
   */
  public record UserLimits(
      Duration destroyWait, DrainLimits drains, OneOffLimits oneOffs, ScaleLimits scale) {
    /** Refuses what cannot work. */
    public UserLimits {
      requireNonNull(drains, "drains is null");
      requireNonNull(oneOffs, "oneOffs is null");
      requireNonNull(scale, "scale is null");
      if (!destroyWait.isPositive()) {
        throw new IllegalArgumentException("destroyWait is more than nothing");
      }
    }

    /** A minute to destroy an app, and the usual drains, one-off processes and scale. */
    public static UserLimits defaults() {
      return new UserLimits(
          Duration.ofMinutes(1),
          DrainLimits.defaults(),
          OneOffLimits.defaults(),
          ScaleLimits.defaults());
    }
  }
}
