package io.platform.failure;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.SourceFault;
import java.util.List;

/** The messages for pushes and sources that were not accepted. */
final class NotAcceptedMessages {
  private NotAcceptedMessages() {}

  static String of(BuildFailureCause.NotAccepted cause) {
    return String.join("\n", lines(cause));
  }

  private static List<String> lines(BuildFailureCause.NotAccepted cause) {
    return switch (cause) {
      case BuildFailureCause.SourceFaulty(List<SourceFault> faults) ->
          faults.stream().flatMap(fault -> SourceFaultMessages.lines(fault).stream()).toList();
      case BuildFailureCause.NotDeployBranch(var branch, var deployBranch) ->
          List.of(
              "Branch %s was not deployed: %s became the app's deploy branch during this push."
                  .formatted(branch, deployBranch),
              "To deploy it:   git push platform %s:%s".formatted(branch, deployBranch));
      case BuildFailureCause.PushTooLong(var limit) ->
          List.of(
              "The push took longer than %s, which is this platform's limit. Nothing was stored."
                  .formatted(Quantities.time(limit)),
              "Push again; a large repository can be pushed in parts, older commits first.");
      case BuildFailureCause.StoreFull() ->
          List.of(
              "The source could not be stored: the platform's object store is full.",
              contactFor("for more space"));
      case BuildFailureCause.SourceNotStored(var reference) ->
          List.of(
              "The source could not be stored: the platform's object store did not take it.",
              contactWith(reference));
      case BuildFailureCause.DiskFull() ->
          List.of(
              "The push failed because the server's disk is full.", contactFor("for more space"));
      case BuildFailureCause.DiskNotWritable() ->
          List.of(
              "The push failed because the server's disk fails or is read-only.",
              contactFor("to make it writable"));
      case BuildFailureCause.PlatformFailed(var reference) ->
          List.of(
              "The push failed because of an error of the platform, not of yours.",
              contactWith(reference));
      case BuildFailureCause.ServerStopped() ->
          List.of(
              "The platform is being stopped, and the push was not accepted yet.",
              "Nothing was deployed. Push again when the platform is back.");
    };
  }

  private static String contactFor(String what) {
    return "Nothing was deployed. The current release keeps running. Contact your administrator %s, then push again."
        .formatted(what);
  }

  private static String contactWith(String reference) {
    return "Nothing was deployed. Push again; if this keeps failing, contact your administrator with this reference: %s"
        .formatted(reference);
  }
}
