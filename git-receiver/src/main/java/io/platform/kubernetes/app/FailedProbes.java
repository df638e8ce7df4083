package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.ReleaseFailureCause;
import io.platform.kubernetes.client.ApiText;
import io.platform.slug.AppJson;
import io.platform.slug.HealthCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Kubernetes' events say of the probes of pods that an app.json declares, such as {@code
 * Startup probe failed: HTTP probe failed with statuscode: 404}.
 */
final class FailedProbes {
  private static final String REASON = "Unhealthy";
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(Startup|Readiness|Liveness) probe (?:failed|errored[^:]*): (.*)", Pattern.DOTALL);

  /** What an event says. */
  record Failed(HealthCheck.Kind kind, String answer) {}

  private final AppJson appJson;
  private final String type;
  private final Map<String, Failed> last = new HashMap<>();

  /** Of the pods of a process type. */
  FailedProbes(AppJson appJson, String type) {
    this.appJson = appJson;
    this.type = type;
  }

  /** How much longer than others a pod may take to be ready, because it is checked. */
  Duration extraTime() {
    return Stream.concat(
            appJson.checks(type, HealthCheck.Kind.STARTUP).stream(),
            appJson.checks(type, HealthCheck.Kind.READINESS).stream())
        .map(check -> check.timing().longest())
        .reduce(Duration.ZERO, Duration::plus);
  }

  void observe(Pod pod, Event event) {
    read(event).ifPresent(failed -> last.put(AppliedRelease.uid(pod), failed));
  }

  /** What an event says of a probe that failed; empty where it is about something else. */
  static Optional<Failed> read(Event event) {
    Matcher message = MESSAGE.matcher(event.getMessage() == null ? "" : event.getMessage());
    return REASON.equals(event.getReason()) && message.matches()
        ? Optional.of(
            new Failed(
                HealthCheck.Kind.valueOf(message.group(1).toUpperCase(Locale.ROOT)),
                ApiText.inline(message.group(2))))
        : Optional.empty();
  }

  /** Whether the last probe that failed keeps the process from starting. */
  boolean isStartup(Pod pod) {
    return failed(pod).filter(it -> it.kind() == HealthCheck.Kind.STARTUP).isPresent()
        && !checks(HealthCheck.Kind.STARTUP).isEmpty();
  }

  /** Why a pod is not ready, or was started again, where that is for a check of the app.json. */
  Optional<ReleaseFailureCause> cause(Pod pod) {
    return failed(pod)
        .flatMap(failed -> {
          List<HealthCheck> checks = checks(failed.kind());
          return checks.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new ReleaseFailureCause.HealthCheckFailed(
                      failed.kind().word(),
                      pod.getMetadata().getName(),
                      checks.stream().map(HealthCheck::asked).collect(Collectors.joining(", ")),
                      failed.answer(),
                      checks.stream().mapToInt(it -> it.timing().attempts()).max().orElse(1)));
        });
  }

  private Optional<Failed> failed(Pod pod) {
    return Optional.ofNullable(last.get(AppliedRelease.uid(pod)));
  }

  private List<HealthCheck> checks(HealthCheck.Kind kind) {
    return appJson.checks(type, kind);
  }
}
