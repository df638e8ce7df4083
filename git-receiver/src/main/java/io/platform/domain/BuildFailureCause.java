package io.platform.domain;

import io.platform.slug.SlugExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The causes of failed builds. */
public sealed interface BuildFailureCause extends FailureCause {
  /** The builder's exit code, where the build failed by one. */
  default Optional<Integer> exitCode() {
    return switch (this) {
      case Reported reported -> Optional.of(reported.code());
      case Exited exited -> Optional.of(exited.code());
      case WebLost lost -> Optional.of(SlugExitCode.WEB_LOST.code());
      default -> Optional.empty();
    };
  }

  /** The server was restarted while it received the push. */
  record PushInterrupted() implements BuildFailureCause {}

  /** The push or its source was not accepted, so that there was nothing to build. */
  sealed interface NotAccepted extends BuildFailureCause {}

  /** The pushed tree cannot be deployed. */
  record SourceFaulty(List<SourceFault> faults) implements NotAccepted {
    /** Copies the faults. */
    public SourceFaulty {
      faults = List.copyOf(faults);
    }
  }

  /** Another branch became the one that is built while this one was received. */
  record NotDeployBranch(String branch, String deployBranch) implements NotAccepted {}

  /** The push took longer than it may. */
  record PushTooLong(Duration limit) implements NotAccepted {}

  /** The object store has no space for the source. */
  record StoreFull() implements NotAccepted {}

  /**
   * The object store did not take the source.
   *
   * @param reference names it in the server's log
   */
  record SourceNotStored(String reference) implements NotAccepted {}

  /** The server's own disk is full. */
  record DiskFull() implements NotAccepted {}

  /** The server's database or disk takes no writes. */
  record DiskNotWritable() implements NotAccepted {}

  /** The server stopped before the push was accepted. */
  record ServerStopped() implements NotAccepted {}

  /**
   * Something failed that should not.
   *
   * @param reference names it in the server's log
   */
  record PlatformFailed(String reference) implements NotAccepted {}

  /** There was no builder. */
  sealed interface NotLaunched extends BuildFailureCause {}

  /** The platform's server could not start it. */
  record MachineFailed() implements NotLaunched {}

  /**
   * The Kubernetes namespace that the builder belongs into is not this installation's.
   *
   * @param name of the namespace
   */
  record NamespaceTaken(String name) implements NotLaunched {}

  /**
   * Kubernetes did not take its pod.
   *
   * @param detail what Kubernetes said, without a full stop
   */
  record PodRefused(String detail) implements NotLaunched {}

  /**
   * The builder told how it ended.
   *
   * @param code one of {@link SlugExitCode}, or one that a newer builder knows
   * @param message the builder's own, of one or more lines without control characters
   */
  record Reported(int code, String message) implements BuildFailureCause {}

  /**
   * The builder ended by itself and told nothing.
   *
   * @param code the process's exit code, 128 + n where signal n killed it; never 0
   */
  record Exited(int code, ExitDetail detail) implements BuildFailureCause {}

  /** The builder ended well, and its report never came. */
  record ResultLost() implements BuildFailureCause {}

  /** The builder left a report that does not fit the build. */
  record ReportUnusable(ReportMismatch mismatch) implements BuildFailureCause {}

  /**
   * The deadline passed.
   *
   * @param limit what the build may take
   * @param silent for how long the builder had written nothing then; zero where that is not long
   */
  record TimeLimit(Duration limit, Duration silent) implements BuildFailureCause {}

  /** The live release has a web process, and what was built has none ({@link WebRule}). */
  record WebLost() implements BuildFailureCause {}

  /** The app was destroyed meanwhile. */
  record AppDestroyed() implements BuildFailureCause {}

  /**
   * Somebody ended it.
   *
   * @param by who (e-mail)
   */
  record Canceled(String by) implements BuildFailureCause {}

  /**
   * An earlier version of the platform stored nothing but the sentence.
   *
   * @param sentence one or more lines
   */
  record StoredSentence(String sentence) implements BuildFailureCause {}
}
