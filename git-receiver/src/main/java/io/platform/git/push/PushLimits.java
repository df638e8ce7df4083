package io.platform.git.push;

import io.platform.build.intake.IntakeLimits;
import io.platform.git.concurrency.UploadTurns;
import java.time.Duration;

/**
 * Limits for one push.
 *
 * @param packBytes largest pack, as it comes over the wire
 * @param objectBytes largest single object, unpacked
 * @param checkoutBytes all files of the pushed tree together
 * @param concurrentReceives how many pushes are unpacked or archived at once; the others wait
 * @param buildTime from acceptance to the deadline
 * @param refs how many refs
 * @param times how long
 * @param uploads how many packs come in at once
 */
public record PushLimits(
    long packBytes,
    long objectBytes,
    long checkoutBytes,
    int concurrentReceives,
    Duration buildTime,
    RefLimits refs,
    PushTimes times,
    UploadTurns uploads) {
  private static final long GIB = 1024L * 1024 * 1024;

  /** Limits that nothing can pass are mistakes. */
  public PushLimits {
    if (packBytes < 1 || objectBytes < 1 || checkoutBytes < 1 || concurrentReceives < 1) {
      throw new IllegalArgumentException("a limit of a push is below 1");
    }
    if (!buildTime.isPositive()) {
      throw new IllegalArgumentException("the build time is not positive");
    }
  }

  /** Limits of sizes, with the default ones of refs and times. */
  public PushLimits(
      long packBytes,
      long objectBytes,
      long checkoutBytes,
      int concurrentReceives,
      Duration buildTime) {
    this(
        packBytes,
        objectBytes,
        checkoutBytes,
        concurrentReceives,
        buildTime,
        RefLimits.defaults(),
        PushTimes.defaults(),
        UploadTurns.defaults());
  }

  /** Those of what is built. */
  public IntakeLimits intake() {
    return new IntakeLimits(times.storeRetryTime(), buildTime);
  }

  /** With other limits of refs. */
  public PushLimits with(RefLimits other) {
    return new PushLimits(
        packBytes,
        objectBytes,
        checkoutBytes,
        concurrentReceives,
        buildTime,
        other,
        times,
        uploads);
  }

  /** With other times. */
  public PushLimits with(PushTimes other) {
    return new PushLimits(
        packBytes, objectBytes, checkoutBytes, concurrentReceives, buildTime, refs, other, uploads);
  }

  /** With other turns of uploads. */
  public PushLimits with(UploadTurns other) {
    return new PushLimits(
        packBytes, objectBytes, checkoutBytes, concurrentReceives, buildTime, refs, times, other);
  }

  /**
   * Packs and checkouts of 4 GiB, objects of 2 GiB, as many receives as processors (2 at least), 30
   * minutes.
   */
  public static PushLimits defaults() {
    return new PushLimits(
        4 * GIB,
        2 * GIB,
        4 * GIB,
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        Duration.ofMinutes(30));
  }
}
