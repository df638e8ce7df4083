package io.platform.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * Details of the end of a builder's or an app's process, beside its exit code. Details that are
 * text are Kubernetes' or the process's own words: one line, without a full stop.
 */
public sealed interface ExitDetail {
  /** No details. */
  record Unknown() implements ExitDetail {}

  /** The process was canceled before it began. */
  record CanceledInQueue() implements ExitDetail {}

  /**
   * It ended by itself, in a way that no program of the platform ends.
   *
   * @param lastLine the last that it wrote
   */
  record Unexpected(Optional<String> lastLine) implements ExitDetail {}

  /** Its files took more of the disk than they may, both in bytes. */
  record TooMuchDisk(long bytes, long limit) implements ExitDetail {}

  /** The server's disk was almost full, and its files took the most of it. */
  record DiskAlmostFull(long bytes) implements ExitDetail {}

  /**
   * It needed more memory than it may have.
   *
   * @param limit as a quantity of Kubernetes', such as {@code 512Mi}
   */
  record OutOfMemory(String limit) implements ExitDetail {}

  /** It was ended because it ran for the time that it may run. */
  record TimeUp(Duration limit) implements ExitDetail {}

  /** The state of the pod that it ran in. */
  sealed interface OfPod extends ExitDetail {}

  /** Somebody deleted its pod. */
  record PodDeleted() implements OfPod {}

  /** Its pod ran longer than Kubernetes was told to let it. */
  record PodDeadline() implements OfPod {}

  /** Kubernetes ended its pod ({@code Evicted}, {@code NodeLost}, …). */
  record PodEnded(String detail) implements OfPod {}

  /** Its container was made, and did not start. */
  record ContainerNotStarted(String detail) implements OfPod {}

  /** Its container could not be made. */
  record ContainerNotMade(String detail) implements OfPod {}

  /** Its image could not be pulled. */
  record ImageNotPulled(String detail) implements OfPod {}
}
