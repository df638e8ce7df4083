package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ApiMessageText;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.PodState;
import io.platform.slug.SlugExitCode;
import java.util.Optional;

/** Says to users why a one-off process did not start. */
final class StartFailureMessages {
  private static final String ADMINISTRATOR =
      "Try again; if this keeps failing, contact your administrator.";

  private StartFailureMessages() {}

  /** The API server does not take its pod. */
  static NotStarted refused(KubernetesClientException e) {
    String message = ApiErrorKind.message(e);
    String why = ApiText.inline(message);
    return new NotStarted(
        switch (ApiErrorKind.of(e)) {
          case QUOTA_EXCEEDED ->
              "There is no room in the namespace's quota: %s. Run it with a smaller --size, or scale something down."
                  .formatted(ApiText.inline(ApiMessageText.QUOTA_EXCEEDED.from(message)));
          case QUOTA_NOT_COUNTED, GONE, PASSING ->
              "Kubernetes could not start it now: %s. %s".formatted(why, ADMINISTRATOR);
          case CONFLICT -> "Its name is taken by one that has ended. Try again.";
          case FORBIDDEN, INVALID ->
              "Kubernetes does not take its pod: %s. Contact your administrator.".formatted(why);
        });
  }

  /** It has not come up in the time that it has; how it was then. */
  static NotStarted notUp(PodState state) {
    return new NotStarted(
        switch (state) {
          case PodState.Stuck(String reason, String message) ->
              (PodState.isAboutTheImage(reason)
                      ? "Its image cannot be pulled (%s). Contact your administrator."
                      : "Its container cannot be made (%s). Contact your administrator.")
                  .formatted(ApiText.inline(message.isEmpty() ? reason : reason + ": " + message));
          case PodState.Unscheduled(Optional<String> why) ->
              "No node of the cluster has room for it%s. Run it with a smaller --size, or try again later."
                  .formatted(why.map(text -> ": " + ApiText.inline(text)).orElse(""));
          case PodState.Ended(PodState.End end) -> ended(end);
          case PodState.Starting _,
              PodState.Initializing _,
              PodState.Running _,
              PodState.Crashing _ ->
              "It did not come up in time. " + ADMINISTRATOR;
        });
  }

  private static String ended(PodState.End end) {
    if (end.pod().isEmpty() && SlugExitCode.of(end.exitCode()).isPresent()) {
      return "Its slug could not be fetched (%s). %s"
          .formatted(ApiText.lastLine(end.message()), ADMINISTRATOR);
    }
    String why = end.pod().isEmpty() ? end.reason() : end.pod() + " " + end.podMessage();
    return "Kubernetes ended it before its command ran%s. %s"
        .formatted(why.isBlank() ? "" : " (%s)".formatted(ApiText.inline(why)), ADMINISTRATOR);
  }

  /** Somebody, or an eviction, removed it. */
  static NotStarted gone() {
    return new NotStarted("It was stopped before its command ran.");
  }
}
