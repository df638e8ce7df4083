package io.platform.failure;

import io.platform.domain.AppEvent;
import io.platform.domain.CommitIds;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes an app's events to its users: one line each, with a full stop only where the cause of a
 * failure follows, in sentences.
 */
public final class AppEventMessages {
  private static final String DEFAULT = "default";

  private AppEventMessages() {}

  /** The event in words. Who did it, and when, is said beside it. */
  public static String of(AppEvent event) {
    return switch (event) {
      case AppEvent.Created() -> "Created the app";
      case AppEvent.Deployed(var version, var commit) ->
          "Deployed %s as %s".formatted(commit.map(CommitIds::brief).orElse("it"), version);
      case AppEvent.ConfigChanged(var set, var unset) -> configVars(set, unset);
      case AppEvent.RolledBack(var version, var to) ->
          "Rolled back to %s as %s".formatted(to, version);
      case AppEvent.Released(var version, var cause) -> version + " is live";
      case AppEvent.ReleaseFailed(var version, var cause) ->
          "%s failed: %s".formatted(version, line(FailureMessages.of(cause)));
      case AppEvent.Scaled(var quantities) ->
          quantities.entrySet().stream()
              .map(entry -> "%s to %d".formatted(entry.getKey(), entry.getValue()))
              .collect(Collectors.joining(", ", "Scaled ", ""));
      case AppEvent.Resized(var sizes) ->
          sizes.entrySet().stream()
              .map(entry -> "%s to %s".formatted(entry.getKey(), size(entry.getValue())))
              .collect(Collectors.joining(", ", "Resized ", ""));
      case AppEvent.Restarted(var processes) -> "Restarted " + processes(processes);
      case AppEvent.Stopped(var processes) -> "Stopped " + processes(processes);
      case AppEvent.Crashed(var process, var version, var cause) ->
          "%s (%s) crashed: %s".formatted(process, version, line(FailureMessages.of(cause)));
      case AppEvent.CrashLooping(var process, var version, int crashes, var cause) ->
          "%s (%s) crashes in a loop, %d times so far: %s"
              .formatted(process, version, crashes, line(FailureMessages.of(cause)));
      case AppEvent.OutOfMemory(var process, var version, var limit) ->
          "%s (%s) was killed: it needed more memory than the %s that it may have"
              .formatted(process, version, ExitMessages.memory(limit));
      case AppEvent.FeatureEnabled(var feature) -> "Enabled " + feature.word();
      case AppEvent.FeatureDisabled(var feature) -> "Disabled " + feature.word();
      case AppEvent.RolloutChanged(var rollout) ->
          "Changed roll-outs: max-surge %s, max-unavailable %s, stop-grace %s"
              .formatted(
                  rollout.maxSurge().map(Object::toString).orElse(DEFAULT),
                  rollout.maxUnavailable().map(Object::toString).orElse(DEFAULT),
                  rollout.stopGrace().map(time -> time.toSeconds() + " s").orElse(DEFAULT));
      case AppEvent.BuildpacksChanged(var buildpacks) ->
          buildpacks.isEmpty()
              ? "Cleared the buildpacks"
              : buildpacks.stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", ", "Set the buildpacks ", ""));
      case AppEvent.MaintenanceOn() -> "Turned maintenance on";
      case AppEvent.MaintenanceOff() -> "Turned maintenance off";
      case AppEvent.DomainAdded(var name) -> "Added the domain " + name;
      case AppEvent.DomainRemoved(var name) -> "Removed the domain " + name;
      case AppEvent.CertificateAdded(var domain, var end) ->
          "Added a certificate for %s, which expires on %s".formatted(domain, day(end));
      case AppEvent.CertificateRemoved(var domain) -> "Removed the certificate of " + domain;
      case AppEvent.CertificateExpiring(var domain, var end) ->
          "The certificate of %s expires on %s; replace it with `platform certs add`"
              .formatted(domain, day(end));
      case AppEvent.CertificateExpired(var domain, var end) ->
          "The certificate of %s expired on %s, and browsers refuse it; replace it with `platform certs add`"
              .formatted(domain, day(end));
      case AppEvent.Renamed(var from, var to) -> "Renamed %s to %s".formatted(from, to);
      case AppEvent.Transferred(var from, var to) -> "Transferred %s to %s".formatted(from, to);
    };
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** "Set A, B and unset C config vars". Values are secrets: names only. */
  public static String configVars(Collection<String> set, Collection<String> unset) {
    List<String> parts = new ArrayList<>();
    if (!set.isEmpty()) {
      parts.add("Set " + String.join(", ", set));
    }
    if (!unset.isEmpty()) {
      parts.add((parts.isEmpty() ? "Unset " : "unset ") + String.join(", ", unset));
    }
    return String.join(" and ", parts) + " config vars";
  }

  private static String line(String sentences) {
    return sentences.replace('\n', ' ');
  }

  private static String processes(ProcessSelector processes) {
    return processes instanceof ProcessSelector.All ? "all processes" : processes.toString();
  }

  private static String size(ProcessSize size) {
    List<String> parts = new ArrayList<>();
    size.memory().ifPresent(bytes -> parts.add(Quantities.size(bytes) + " of memory"));
    size.milliCpu()
        .ifPresent(milli ->
            parts.add(BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString() + " CPUs"));
    return parts.isEmpty() ? "the standard size" : String.join(" and ", parts);
  }
}
