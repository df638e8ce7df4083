package io.platform.failure;

import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseFailureCause;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SlugProblemMessages;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The messages for releases and processes that did not come up. */
final class ReleaseCauseMessages {
  private static final String RELEASE_COMMAND = "The release command";
  private static final String CONTACT = "contact your administrator";
  private static final int RUNNER_FIRST = 101;
  private static final int RUNNER_LAST = 119;

  private ReleaseCauseMessages() {}

  static String of(ReleaseFailureCause cause) {
    return switch (cause) {
      case ReleaseFailureCause.Exited(int code, var detail, var pod) ->
          exited(
              "The web process", " before it accepted connections on its port", code, detail, pod);
      case ReleaseFailureCause.DidNotStayUp(var process, int code, var detail, var pod) ->
          exited(
              "Process " + process,
              pod.isEmpty() ? " soon after its start" : "",
              code,
              detail,
              pod);
      case ReleaseFailureCause.StartsAgain(int code, var detail) ->
          "The process %s; it is started again.".formatted(ExitMessages.end(code, detail));
      case ReleaseFailureCause.DidNotListen silent -> didNotListen(silent);
      case ReleaseFailureCause.PortTaken(int port, boolean isolated) -> portTaken(port, isolated);
      case ReleaseFailureCause.NoFreePort(int first, int last) ->
          ("The web process could not be started: no port from %d to %d is free. Destroy apps that are not needed any more, or"
                  + " contact your administrator to give apps more ports (PLATFORM_APP_PORT_FIRST and PLATFORM_APP_PORT_LAST).")
              .formatted(first, last);
      case ReleaseFailureCause.NotStarted(var detail) ->
          "The process could not be started: %s.".formatted(detail);
      case ReleaseFailureCause.SlugNotFetched(var problem) ->
          ("The release could not be started: its slug did not come from the object store in time (%s). This is not your app's"
                  + " fault. Try again; if this keeps failing, contact your administrator.")
              .formatted(SlugProblemMessages.of(problem));
      case ReleaseFailureCause.PodNotStarted(var pod, var detail) ->
          "Pod %s could not be started: %s. This is not your app's fault: %s."
              .formatted(pod, ExitMessages.pod(detail), CONTACT);
      case ReleaseFailureCause.PodStuck(boolean image, var detail) ->
          "Kubernetes cannot start the pod: %s (%s). It tries again."
              .formatted(
                  image ? "its image cannot be pulled" : "its container cannot be made", detail);
      case ReleaseFailureCause.NoRoom(var pod, var detail) ->
          "There was no room in the cluster for pod %s: %s. Try again later, or %s."
              .formatted(pod, detail, CONTACT);
      case ReleaseFailureCause.WaitsForRoom(var detail) ->
          "Waiting for room in the cluster: %s".formatted(detail);
      case ReleaseFailureCause.QuotaUsedUp(var detail) ->
          "The namespace's quota is used up: %s. Scale an app down or destroy one, or %s for more."
              .formatted(detail, CONTACT);
      case ReleaseFailureCause.PodsRefused(var detail) ->
          "Kubernetes refuses the app's pods: %s. This is not your app's fault: %s."
              .formatted(detail, CONTACT);
      case ReleaseFailureCause.PodsNotUp(int up, int wanted, var within) ->
          "%d of %d pods came up within %s. Push again; if this keeps failing, %s."
              .formatted(up, wanted, minutes(within), CONTACT);
      case ReleaseFailureCause.NoEnd(var version, var within) ->
          "%s neither came up nor failed within %d minutes. Push again; if this keeps failing, %s."
              .formatted(version, within.toMinutes(), CONTACT);
      case ReleaseFailureCause.SameNames(var type, var other) ->
          ("The process types `%s` and `%s` of the Procfile cannot be told apart: Kubernetes' names have no capitals and no"
                  + " underscores. Rename one of them and push again.")
              .formatted(type, other);
      case ReleaseFailureCause.HealthCheckFailed(
              var kind,
              var process,
              var asked,
              var answer,
              int attempts) ->
          "The %s check of %s failed %s (%s): %s. Fix the app, or the check in app.json."
              .formatted(
                  kind,
                  process,
                  attempts == 1 ? "once" : attempts + " times in a row",
                  asked,
                  answer);
      case ReleaseFailureCause.ScriptFailed(var kind, var why) ->
          command("The %s of app.json".formatted(kind.title()), why);
      case ReleaseFailureCause.ReleaseCommandFailed failed -> command(RELEASE_COMMAND, failed);
      case ReleaseFailureCause.ReleaseCommandTimedOut timedOut ->
          command(RELEASE_COMMAND, timedOut);
      case ReleaseFailureCause.ReleaseCommandInterrupted interrupted ->
          command(RELEASE_COMMAND, interrupted);
      case ReleaseFailureCause.Canceled(var by) -> "Canceled by %s.".formatted(by);
      case ReleaseFailureCause.Superseded() -> "Another release was made before this one came up.";
      case ReleaseFailureCause.Overtaken() -> "Another release was wanted.";
      case ReleaseFailureCause.StoredSentence(var sentence) -> sentence;
    };
  }

  private static String command(String name, ReleaseFailureCause why) {
    return switch (why) {
      case ReleaseFailureCause.ReleaseCommandFailed(int code, var detail) ->
          exited(name, "", code, detail, Optional.empty());
      case ReleaseFailureCause.ReleaseCommandTimedOut(var limit) ->
          ("%s took longer than the %s that it may take, and was stopped. Make it faster, or contact your"
                  + " administrator for more time (PLATFORM_RELEASE_COMMAND_TIME).")
              .formatted(name, minutes(limit));
      case ReleaseFailureCause.ReleaseCommandInterrupted() ->
          (name
              + " was interrupted, and nobody knows how far it came. It is not run again by itself. Check what it"
              + " changes, such as the database; then push again, or repeat the config change or rollback.");
      default -> of(why);
    };
  }

  private static String exited(
      String process, String when, int code, ExitDetail detail, Optional<String> pod) {
    Optional<SlugExitCode> runner =
        SlugExitCode.of(code).filter(it -> isRunners(it) && unknown(detail));
    if (runner.isPresent()) {
      return "The release could not be started: its runner %s (%s)%s."
          .formatted(
              ExitStatus.describe(code),
              words(runner.get()),
              pod.map(" in pod %s"::formatted).orElse(""));
    }
    if (!unknown(detail)) {
      return "%s %s%s.".formatted(process, known(code, detail), repeatedly(pod));
    }
    return "%s %s%s%s%s."
        .formatted(
            process,
            ExitMessages.unknown(code),
            pod.isPresent() ? " again and again" : "",
            when,
            inPod(pod));
  }

  private static String known(int code, ExitDetail detail) {
    return detail instanceof ExitDetail.OutOfMemory(var limit)
        ? "needed more memory than the %s that it may have".formatted(ExitMessages.memory(limit))
        : ExitMessages.end(code, detail);
  }

  private static String repeatedly(Optional<String> pod) {
    return pod.map(", again and again (pod %s)"::formatted).orElse("");
  }

  private static boolean isRunners(SlugExitCode code) {
    return code.code() >= RUNNER_FIRST && code.code() <= RUNNER_LAST;
  }

  private static boolean unknown(ExitDetail detail) {
    return detail instanceof ExitDetail.Unknown;
  }

  private static String words(SlugExitCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String didNotListen(ReleaseFailureCause.DidNotListen silent) {
    String start =
        "The web process did not listen on port %d within %s%s"
            .formatted(silent.port(), minutes(silent.within()), inPod(silent.pod()));
    return silent
        .other()
        .map(other ->
            "%s: it listens on %d. Let it listen on the port in the environment variable PORT."
                .formatted(start, other))
        .orElse(
            start
                + ". Let it listen on the port in the environment variable PORT, on all addresses.");
  }

  private static String inPod(Optional<String> pod) {
    return pod.map(" (pod %s)"::formatted).orElse("");
  }

  private static String portTaken(int port, boolean isolated) {
    String detached =
        isolated
            ? ""
            : " A server of the app's own counts as another program where it runs in a new session with an emptied environment: start it without that.";
    return ("Another program on this machine listens on port %d, which was given to the app, as on the ports before it.%s"
            + " Try again; if this keeps failing, contact your administrator to end that program, or to give apps other ports"
            + " (PLATFORM_APP_PORT_FIRST and PLATFORM_APP_PORT_LAST).")
        .formatted(port, detached);
  }

  private static String minutes(Duration time) {
    if (time.toMillis() % 60_000 == 0 && time.toMinutes() > 1) {
      return time.toMinutes() + " minutes";
    }
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : "%.1f s".formatted(time.toMillis() / 1000.0);
  }
}
