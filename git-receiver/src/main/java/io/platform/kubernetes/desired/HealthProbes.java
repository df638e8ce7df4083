package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.platform.slug.AppJson;
import io.platform.slug.HealthCheck;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The health checks of an app.json as Kubernetes' probes. A container has one probe of each kind:
 * several checks of a kind, and what Kubernetes' own probes cannot do, are a script of {@link
 * ProbeScript}. An uptime is no probe, but the Deployment's {@code minReadySeconds}.
 */
public final class HealthProbes {
  private final Duration boot;

  /**
   * Probes.
   *
   * @param boot as {@link AppSettings#boot}: an attempt that fails in it does not count
   */
  HealthProbes(Duration boot) {
    this.boot = boot;
  }

  /** Adds the probes of a process type; a readiness probe replaces the one that there is. */
  ContainerBuilder add(ContainerBuilder container, AppJson appJson, String type) {
    List<HealthCheck> startup = checks(appJson, type, HealthCheck.Kind.STARTUP);
    List<HealthCheck> readiness = checks(appJson, type, HealthCheck.Kind.READINESS);
    List<HealthCheck> liveness = checks(appJson, type, HealthCheck.Kind.LIVENESS);
    if (!readiness.isEmpty()) {
      container.withReadinessProbe(probe(readiness));
    }
    if (!liveness.isEmpty()) {
      container.withLivenessProbe(probe(liveness));
    }
    // Without a startup probe, Kubernetes would restart a process that has yet to start.
    if (!startup.isEmpty()) {
      container.withStartupProbe(patient(probe(startup), true));
    } else if (!liveness.isEmpty()) {
      container.withStartupProbe(patient(probe(liveness), false));
    }
    return container;
  }

  private static List<HealthCheck> checks(AppJson appJson, String type, HealthCheck.Kind kind) {
    return appJson.checks(type, kind).stream()
        .filter(check -> !(check.probe() instanceof HealthCheck.Probe.Uptime))
        .toList();
  }

  /** The probe, with as many more attempts as fit into the time to start. */
  private Probe patient(Probe probe, boolean own) {
    int period = probe.getPeriodSeconds();
    int more = Math.toIntExact((boot.toSeconds() + period - 1) / period);
    return new ProbeBuilder(probe)
        .withFailureThreshold(own ? probe.getFailureThreshold() + more : Math.max(1, more))
        .build();
  }

  /** How long a process of a type has to run until it counts as up. */
  static Optional<Duration> uptime(AppJson appJson, String type) {
    return appJson.checks(type, HealthCheck.Kind.STARTUP).stream()
        .flatMap(check ->
            check.probe() instanceof HealthCheck.Probe.Uptime(Duration time)
                ? Optional.of(check.timing().initialDelay().plus(time)).stream()
                : Optional.<Duration>empty().stream())
        .max(Comparator.naturalOrder());
  }

  private static Probe probe(List<HealthCheck> checks) {
    HealthCheck.Probe first = checks.getFirst().probe();
    return checks.size() == 1 && isNative(first)
        ? action(timed(checks), first)
        : timed(checks).withNewExec().withCommand(command(checks)).endExec().build();
  }

  private static List<String> command(List<HealthCheck> checks) {
    return ProbeScript.command(checks).stream().map(EnvironmentVariables::literal).toList();
  }

  private static boolean isNative(HealthCheck.Probe probe) {
    return switch (probe) {
      case HealthCheck.Probe.Http http -> http.content().isEmpty();
      case HealthCheck.Probe.Listening listening -> true;
      case HealthCheck.Probe.Command command -> false;
      case HealthCheck.Probe.Uptime uptime -> false;
    };
  }

  /** Several checks are one attempt, which takes as long as all of them may. */
  private static ProbeBuilder timed(List<HealthCheck> checks) {
    return new ProbeBuilder()
        .withInitialDelaySeconds(
            seconds(checks, HealthCheck.Timing::initialDelay, HealthProbes::max))
        .withTimeoutSeconds(seconds(checks, HealthCheck.Timing::timeout, Duration::plus))
        .withPeriodSeconds(seconds(checks, HealthCheck.Timing::interval, HealthProbes::max))
        .withFailureThreshold(
            checks.stream().mapToInt(check -> check.timing().attempts()).max().orElse(1));
  }

  /** Whether a readiness probe is an app.json's, and not the platform's own of web processes. */
  public static boolean isDeclared(Optional<Probe> readiness) {
    return readiness
        .filter(probe ->
            probe.getTcpSocket() == null
                || !Integer.valueOf(ProcessDeployment.LOOK).equals(probe.getPeriodSeconds()))
        .isPresent();
  }

  /** What a probe that is made here asks, as {@link HealthCheck#asked} says it. */
  public static String asked(Probe probe) {
    if (probe.getHttpGet() != null) {
      return "GET "
          + probe.getHttpGet().getPath()
          + number(probe.getHttpGet().getPort()).map(port -> " on port " + port).orElse("");
    }
    if (probe.getTcpSocket() != null) {
      return "a connection to "
          + number(probe.getTcpSocket().getPort()).map(port -> "port " + port).orElse("its PORT");
    }
    return probe.getExec() == null
        ? ""
        : String.join(", ", ProbeScript.asked(probe.getExec().getCommand()));
  }

  /** Empty for the container's own port, which has a name. */
  private static Optional<Integer> number(IntOrString port) {
    return Optional.ofNullable(port.getIntVal());
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static int seconds(
      List<HealthCheck> checks,
      Function<HealthCheck.Timing, Duration> part,
      BinaryOperator<Duration> together) {
    return Math.toIntExact(
        checks.stream()
            .map(check -> part.apply(check.timing()))
            .reduce(Duration.ZERO, together)
            .toSeconds());
  }

  private static Probe action(ProbeBuilder probe, HealthCheck.Probe action) {
    return switch (action) {
      case HealthCheck.Probe.Http http ->
          probe
              .withHttpGet(
                  new HTTPGetActionBuilder()
                      .withPath(http.path())
                      .withPort(port(http.port()))
                      .withHttpHeaders(
                          http.headers().entrySet().stream()
                              .map(header -> new HTTPHeader(header.getKey(), header.getValue()))
                              .toList())
                      .build())
              .build();
      case HealthCheck.Probe.Listening(var port) ->
          probe.withNewTcpSocket().withPort(port(port)).endTcpSocket().build();
      case HealthCheck.Probe.Command command -> throw noAction(command);
      case HealthCheck.Probe.Uptime uptime -> throw noAction(uptime);
    };
  }

  private static IllegalArgumentException noAction(HealthCheck.Probe probe) {
    return new IllegalArgumentException("no action of a probe: " + probe);
  }

  private static IntOrString port(Optional<Integer> port) {
    return port.map(IntOrString::new).orElseGet(() -> new IntOrString(ProcessDeployment.HTTP));
  }
}
