package io.platform.failure;

import io.platform.domain.BuilderNotice;
import io.platform.domain.ExitDetail;
import io.platform.domain.RolloutNotice;
import io.platform.domain.StartDelay;
import io.platform.slug.ProcessTypes;
import java.time.Duration;

/**
 * The messages for what is seen while a builder or a release starts; sentences without a full stop.
 */
public final class ProgressMessages {
  private ProgressMessages() {}

  /** What is seen of a builder. */
  public static String of(BuilderNotice notice) {
    return switch (notice) {
      case BuilderNotice.Queued(int concurrent) ->
          concurrent == 1
              ? "Waiting for another build to finish"
              : "Waiting for another build to finish (%d run at a time)".formatted(concurrent);
      case BuilderNotice.Scheduled(String pod, String node) ->
          "Pod %s starts on node %s".formatted(pod, node);
      case BuilderNotice.Delayed(StartDelay why) -> of(why);
    };
  }

  /** What is seen of a roll-out. */
  public static String of(RolloutNotice notice) {
    return switch (notice) {
      case RolloutNotice.NoWeb(boolean others) ->
          others
              ? "There is no process type `web`, so the app's URL does not answer"
              : "There is no process type `web`, so nothing runs and the app's URL shows that";
      case RolloutNotice.Starting(String type, int quantity, String command) ->
          "Starting %s with command `%s`".formatted(processes(type, quantity), command);
      case RolloutNotice.AwaitsReleaseCommand() ->
          "Waiting for the release command of the release before it";
      case RolloutNotice.ListensElsewhere(String process, int other, int port, Duration limit) ->
          "%s listens on port %d, but not on %d, which is the port in its environment variable PORT. It has %s for that"
              .formatted(process, other, port, Quantities.time(limit));
      case RolloutNotice.Up(var took) ->
          "State changed from starting to up after %s".formatted(Quantities.seconds(took));
      case RolloutNotice.PodScheduled(String pod, String node) ->
          "%s: starts on node %s".formatted(pod, node);
      case RolloutNotice.PodDelayed(String pod, StartDelay why) -> "%s: %s".formatted(pod, of(why));
      case RolloutNotice.PodReady(String pod, int ready, int wanted) ->
          "%s: up (%d of %d)".formatted(pod, Math.min(ready, wanted), wanted);
      case RolloutNotice.PodCrashed(String pod, int exitCode, ExitDetail detail) ->
          "%s: the process %s; Kubernetes starts it again"
              .formatted(pod, ExitMessages.end(exitCode, detail));
      case RolloutNotice.PodEnded(String pod, int exitCode, ExitDetail detail) ->
          detail instanceof ExitDetail.OfPod ofPod
              ? "%s: %s".formatted(pod, ExitMessages.pod(ofPod))
              : "%s: the process %s".formatted(pod, ExitMessages.end(exitCode, detail));
      case RolloutNotice.PodsDelayed(StartDelay why) -> of(why);
    };
  }

  /** Why a pod does not run yet. */
  public static String of(StartDelay why) {
    return switch (why) {
      case StartDelay.QuotaUsedUp(String detail) ->
          "Waiting for room in the namespace's quota: %s".formatted(detail);
      case StartDelay.QuotaNotCounted() -> "Waiting for the namespace's quota to be counted";
      case StartDelay.NamespaceRemoved() ->
          "Waiting for Kubernetes: the namespace, or something in it, is just being removed";
      case StartDelay.ApiUnavailable() ->
          "Waiting for Kubernetes: its API server cannot be reached, or reports an error";
      case StartDelay.NoRoom(String detail) ->
          "Waiting for room in the cluster: %s".formatted(detail);
      case StartDelay.ImageNotPulled(String detail) ->
          "Kubernetes cannot start the pod: its image cannot be pulled (%s). It tries again"
              .formatted(detail);
      case StartDelay.ContainerNotCreated(String detail) ->
          "Kubernetes cannot start the pod: its container cannot be made (%s). It tries again"
              .formatted(detail);
      case StartDelay.PullingImage() -> "Pulling the image: the node does not have it yet";
      case StartDelay.AddingNode() -> "The cluster is getting another node for it";
      case StartDelay.StartFails(String detail) ->
          "Kubernetes cannot start the pod yet: %s. It tries again".formatted(detail);
      case StartDelay.PodRefused(String detail) ->
          "Kubernetes refuses to make a pod, and tries again: %s".formatted(detail);
    };
  }

  private static String processes(String type, int quantity) {
    if (quantity > 1) {
      return quantity + " " + type + " processes";
    }
    return type.equals(ProcessTypes.WEB) ? "process" : type + " process";
  }
}
