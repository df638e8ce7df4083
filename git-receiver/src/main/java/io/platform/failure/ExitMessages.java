package io.platform.failure;

import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import java.time.Duration;

/** Describes the end of a builder's or an app's process, as clauses without a full stop. */
public final class ExitMessages {
  private ExitMessages() {}

  /** Of an app's process, whose name stands before: "was killed by SIGKILL". */
  public static String end(int exitCode, ExitDetail detail) {
    return switch (detail) {
      case ExitDetail.Unknown() -> unknown(exitCode);
      case ExitDetail.Unexpected(var _), ExitDetail.CanceledInQueue() ->
          ExitStatus.describe(exitCode);
      case ExitDetail.TooMuchDisk(long bytes, long limit) ->
          "was ended because " + tooMuchDisk(bytes, limit);
      case ExitDetail.DiskAlmostFull(long bytes) -> "was ended because " + diskAlmostFull(bytes);
      case ExitDetail.OutOfMemory(var limit) ->
          "was killed: it needed more memory than the %s that it may have".formatted(memory(limit));
      case ExitDetail.TimeUp(var limit) -> "was ended because " + timeUp(limit);
      case ExitDetail.OfPod pod -> "ended: " + pod(pod);
    };
  }

  /** Nobody of the platform has killed it: on Linux, mostly the kernel does. */
  static String unknown(int exitCode) {
    return ExitStatus.describe(exitCode)
        + (exitCode == ExitStatus.KILLED ? " (perhaps it was out of memory)" : "");
  }

  /** Of a builder: "it was killed by SIGKILL; the machine may be out of memory". */
  static String builder(int exitCode, ExitDetail detail) {
    return switch (detail) {
      case ExitDetail.Unknown() -> "it " + ExitStatus.describe(exitCode);
      case ExitDetail.CanceledInQueue() -> "it was canceled before it started";
      case ExitDetail.Unexpected(var lastLine) ->
          "it %s%s%s"
              .formatted(
                  ExitStatus.describe(exitCode),
                  exitCode == ExitStatus.KILLED ? "; the machine may be out of memory" : "",
                  lastLine.map(line -> "; its last line: " + line).orElse(""));
      case ExitDetail.TooMuchDisk(long bytes, long limit) ->
          "it was ended because " + tooMuchDisk(bytes, limit);
      case ExitDetail.DiskAlmostFull(long bytes) -> "it was ended because " + diskAlmostFull(bytes);
      case ExitDetail.OutOfMemory(var limit) ->
          "it needed more memory than the %s that a build may have".formatted(memory(limit));
      case ExitDetail.TimeUp(var limit) -> "it was ended because " + timeUp(limit);
      case ExitDetail.OfPod pod -> pod(pod);
    };
  }

  /** What Kubernetes did: "its image could not be pulled (ErrImagePull)". */
  public static String pod(ExitDetail.OfPod detail) {
    return switch (detail) {
      case ExitDetail.PodDeleted() -> "its pod was deleted";
      case ExitDetail.PodDeadline() -> "Kubernetes stopped its pod, which ran longer than it may";
      case ExitDetail.PodEnded(var why) -> "Kubernetes ended its pod (%s)".formatted(why);
      case ExitDetail.ContainerNotStarted(var why) ->
          "its container could not be started (%s)".formatted(why);
      case ExitDetail.ContainerNotMade(var why) ->
          "its container could not be made (%s)".formatted(why);
      case ExitDetail.ImageNotPulled(var why) ->
          "its image could not be pulled (%s)".formatted(why);
    };
  }

  private static String timeUp(Duration limit) {
    return "it ran for %s, and may not run longer".formatted(Quantities.hours(limit));
  }

  private static String tooMuchDisk(long bytes, long limit) {
    return "its files take %s of the disk, and it may have %s".formatted(disk(bytes), disk(limit));
  }

  private static String diskAlmostFull(long bytes) {
    return "the disk of the platform's server is almost full, and its files take the most of it: %s"
        .formatted(disk(bytes));
  }

  private static String disk(long bytes) {
    return bytes < 10L << 30
        ? "%d MB".formatted(bytes >> 20)
        : "%.1f GB".formatted((bytes >> 20) / 1024.0);
  }

  /** "512 MiB" of Kubernetes' {@code 512Mi}, or of so many bytes. */
  public static String memory(String quantity) {
    if (quantity.matches("[0-9]{7,18}")) {
      return (Long.parseLong(quantity) >> 20) + " MiB";
    }
    return quantity.replaceFirst("^([0-9.]+)([KMGT]i)$", "$1 $2B");
  }
}
