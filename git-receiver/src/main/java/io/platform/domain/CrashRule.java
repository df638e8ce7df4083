package io.platform.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which crash of a process is an event: a loop is told once, not with each of its turns.
 */
public final class CrashRule {
  private CrashRule() {}

  /**
   * The crashes of one process in a row.
   *
   * @param count how many
   * @param last when the last one was
   */
  public record Series(int count, Instant last) {
    /** Whether the process has been calm for so long that it is over. */
    public boolean isOver(Instant now, Duration calm) {
      return last.plus(calm).isBefore(now);
    }
  }

  /** The series with a further crash. */
  public static Series next(Optional<Series> before, Instant now, CrashLimits limits) {
    int count =
        before.filter(series -> !series.isOver(now, limits.calm())).map(Series::count).orElse(0);
    return new Series(count + 1, now);
  }

  /** What the crash that ends this series is told as; empty where the loop was told before. */
  public static Optional<AppEvent> event(ProcessCrash crash, Series series, CrashLimits limits) {
    if (series.count() > limits.loop()) {
      return Optional.empty();
    }
    if (series.count() == limits.loop()) {
      return Optional.of(
          new AppEvent.CrashLooping(
              crash.process(), crash.release(), series.count(), crash.cause()));
    }
    return Optional.of(
        crash.cause() instanceof ReleaseFailureCause.StartsAgain(int code, var detail)
                && detail instanceof ExitDetail.OutOfMemory(String limit)
            ? new AppEvent.OutOfMemory(crash.process(), crash.release(), limit)
            : new AppEvent.Crashed(crash.process(), crash.release(), crash.cause()));
  }
}
