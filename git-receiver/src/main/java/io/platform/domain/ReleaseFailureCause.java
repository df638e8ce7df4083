package io.platform.domain;

import io.platform.slug.SlugProblem;
import java.time.Duration;
import java.util.Optional;

/**
 * The causes of releases or processes that did not come up. Details that are text are Kubernetes'
 * or the system's own words: one line, without a full stop. Pods are names, where processes have
 * one.
 */
public sealed interface ReleaseFailureCause extends FailureCause {
  /**
   * Its web process ended before it accepted connections; on Kubernetes again and again.
   *
   * @param code the exit code, 128 + n where signal n killed it; a code of the runner's ({@link
   *     io.platform.slug.SlugExitCode}) where it could not become the app
   */
  record Exited(int code, ExitDetail detail, Optional<String> pod) implements ReleaseFailureCause {}

  /**
   * A process that serves no HTTP ended soon after its start; on Kubernetes again and again.
   *
   * @param process its name, or, on Kubernetes, its type
   * @param code as {@link Exited} has it
   */
  record DidNotStayUp(String process, int code, ExitDetail detail, Optional<String> pod)
      implements ReleaseFailureCause {}

  /** A process that was up ended, and is started again. */
  record StartsAgain(int code, ExitDetail detail) implements ReleaseFailureCause {}

  /**
   * Its web process runs, and accepts no connections on its port.
   *
   * @param within the time that it had
   * @param other another port that it listens on
   */
  record DidNotListen(int port, Duration within, Optional<Integer> other, Optional<String> pod)
      implements ReleaseFailureCause {}

  /**
   * A program that is not the app's listens on the port that the app was given.
   *
   * @param isolated whether every server of the app's own is known to be its own
   */
  record PortTaken(int port, boolean isolated) implements ReleaseFailureCause {}

  /** All ports for apps are taken, from the first to the last of them. */
  record NoFreePort(int first, int last) implements ReleaseFailureCause {}

  /** The system did not start the process. */
  record NotStarted(String detail) implements ReleaseFailureCause {}

  /** The runner told that the slug does not come from the object store. */
  record SlugNotFetched(SlugProblem problem) implements ReleaseFailureCause {}

  /** Kubernetes could not start the pod. */
  record PodNotStarted(String pod, ExitDetail.OfPod detail) implements ReleaseFailureCause {}

  /**
   * Kubernetes cannot start the pod for now, and tries again.
   *
   * @param image whether it is its image that cannot be had, and not its container made
   */
  record PodStuck(boolean image, String detail) implements ReleaseFailureCause {}

  /** No node has room for the pod. */
  record NoRoom(String pod, String detail) implements ReleaseFailureCause {}

  /** The pod waits for a node that has room for it. */
  record WaitsForRoom(String detail) implements ReleaseFailureCause {}

  /** The namespace's quota does not let the app's pods in. */
  record QuotaUsedUp(String detail) implements ReleaseFailureCause {}

  /** Kubernetes does not let the app's pods in for another reason. */
  record PodsRefused(String detail) implements ReleaseFailureCause {}

  /** Not all of its pods were up in time. */
  record PodsNotUp(int up, int wanted, Duration within) implements ReleaseFailureCause {}

  /** The runtime did not tell how the roll-out ended. */
  record NoEnd(ReleaseVersion version, Duration within) implements ReleaseFailureCause {}

  /** On Kubernetes, the objects of two process types would have the same name. */
  record SameNames(String type, String other) implements ReleaseFailureCause {}

  /**
   * A health check of app.json failed as often as it may.
   *
   * @param kind startup, liveness or readiness
   * @param process its name
   * @param asked what was asked, such as {@code GET /healthz}
   * @param answer what came back, as a clause
   * @param attempts how often in a row
   */
  record HealthCheckFailed(String kind, String process, String asked, String answer, int attempts)
      implements ReleaseFailureCause {}

  /**
   * A script of its app.json did not succeed.
   *
   * @param kind not the release command
   * @param why as of a release command
   */
  record ScriptFailed(ReleaseCommandKind kind, ReleaseFailureCause why)
      implements ReleaseFailureCause {}

  /**
   * Its release command did not succeed.
   *
   * @param code as {@link Exited} has it
   */
  record ReleaseCommandFailed(int code, ExitDetail detail) implements ReleaseFailureCause {}

  /** Its release command took longer than it may. */
  record ReleaseCommandTimedOut(Duration limit) implements ReleaseFailureCause {}

  /** Its release command was started, and nobody knows how it ended. It is not run again. */
  record ReleaseCommandInterrupted() implements ReleaseFailureCause {}

  /**
   * Somebody canceled it while its release command ran.
   *
   * @param by who (e-mail)
   */
  record Canceled(String by) implements ReleaseFailureCause {}

  /** Another release was made before this one came up. */
  record Superseded() implements ReleaseFailureCause {}

  /** The app went back to another release before this one came up. */
  record Overtaken() implements ReleaseFailureCause {}

  /** An earlier version of the platform stored nothing but the sentence. */
  record StoredSentence(String sentence) implements ReleaseFailureCause {}
}
