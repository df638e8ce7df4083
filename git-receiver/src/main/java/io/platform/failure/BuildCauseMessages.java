package io.platform.failure;

import io.platform.commons.process.ExitStatus;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.ExitDetail;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import java.time.Duration;
import java.util.Optional;

/** The messages for failed builds. */
final class BuildCauseMessages {

  private BuildCauseMessages() {}

  static String of(BuildFailureCause cause) {
    return switch (cause) {
      case BuildFailureCause.PushInterrupted() ->
          "The server was restarted while it received your push: push again.";
      case BuildFailureCause.NotAccepted notAccepted -> NotAcceptedMessages.of(notAccepted);
      case BuildFailureCause.MachineFailed() ->
          "The build could not be started on this machine. Try again; if this keeps failing, contact your administrator.";
      case BuildFailureCause.NamespaceTaken(var name) ->
          ("The Kubernetes namespace %s belongs to somebody else, so nothing was put into it. Contact your administrator:"
                  + " it needs another prefix of namespaces, or that namespace removed.")
              .formatted(name);
      case BuildFailureCause.PodRefused(var detail) ->
          "The build could not be started: Kubernetes refused its pod (%s). This is not your app's fault: contact your administrator."
              .formatted(detail);
      case BuildFailureCause.Reported(int code, var message) -> message;
      case BuildFailureCause.Exited(int code, var detail) -> exited(code, detail);
      case BuildFailureCause.ResultLost() ->
          "The build ended, but its result never arrived, so nothing was released. Push again; if this keeps failing,"
              + " contact your administrator.";
      case BuildFailureCause.ReportUnusable(var mismatch) ->
          "The build's result could not be used: %s Push again; if this keeps failing, contact your administrator."
              .formatted(ReportMismatchMessages.of(mismatch));
      case BuildFailureCause.TimeLimit(var limit, var silent) -> timeLimit(limit, silent);
      case BuildFailureCause.WebLost() -> ProcessTypes.WEB_LOST;
      case BuildFailureCause.AppDestroyed() ->
          "The app was destroyed while this push was deployed.";
      case BuildFailureCause.Canceled(var by) -> "Canceled by %s.".formatted(by);
      case BuildFailureCause.StoredSentence(var sentence) -> sentence;
    };
  }

  private static String exited(int code, ExitDetail detail) {
    Optional<SlugExitCode> known = SlugExitCode.of(code).filter(c -> c != SlugExitCode.TERMINATED);
    boolean unknown = detail instanceof ExitDetail.Unknown;
    String why = ExitMessages.builder(code, detail);
    if (known.isPresent()) {
      return "The build ended in its step '%s' before it could say more: %s. %s"
          .formatted(known.get().step().label(), why, advice(known.get().fault()));
    }
    return unknown && code == ExitStatus.KILLED
        ? ("The build ended without a result: %s. Most often it needed more memory than there is: make it need less, or contact"
                + " your administrator for more, then push again.")
            .formatted(why)
        : "The build ended without a result: %s. Push again; if this keeps failing, contact your administrator."
            .formatted(why);
  }

  private static String advice(SlugExitCode.Fault fault) {
    return switch (fault) {
      case USER -> "See the lines above, fix it, and push again.";
      case PLATFORM ->
          "This is not your app's fault: push again; if this keeps failing, contact your administrator.";
      case NOBODY -> "Push again.";
    };
  }

  private static String timeLimit(Duration limit, Duration silent) {
    String advice =
        silent.isZero()
            ? "See the last lines above for what took so long"
            : "It had written nothing for %s: see the last lines above for what it was doing"
                .formatted(TimeSpans.span(silent));
    String allowed =
        limit.isZero()
            ? "it may take"
            : "the %s that it may take".formatted(TimeSpans.words(limit));
    return "The build took longer than %s, and was stopped. %s, then push again."
        .formatted(allowed, advice);
  }
}
