package io.platform.git.http.lfs;

import io.platform.git.concurrency.UploadTurns;
import java.time.Duration;

/**
 * Limits for Git LFS.
 *
 * @param objectBytes largest single file
 * @param appBytes all files of one app together, in all versions
 * @param appObjects how many files one app may have, in all versions
 * @param requestBytes largest request that asks what to transfer
 * @param requestObjects files in one such request
 * @param turns how many files are transferred at once
 * @param bytesPerSecond what clients have to send and to read, averaged over the window
 * @param window of waiting for the client
 */
public record LfsLimits(
    long objectBytes,
    long appBytes,
    int appObjects,
    int requestBytes,
    int requestObjects,
    UploadTurns turns,
    int bytesPerSecond,
    Duration window) {
  private static final long GIB = 1024L * 1024 * 1024;

  /** Limits that nothing can pass are mistakes. */
  public LfsLimits {
    if (objectBytes < 1 || appBytes < 1 || appObjects < 1) {
      throw new IllegalArgumentException("a limit of Git LFS is below 1");
    }
  }

  /**
   * Files of 2 GiB, 10 GiB and 20,000 files in an app; requests of 1 MiB with 1,000 files; as many
   * transfers as uploads of packs; 1 KiB a second.
   */
  public static LfsLimits defaults() {
    return new LfsLimits(
        2 * GIB,
        10 * GIB,
        20_000,
        1024 * 1024,
        1000,
        UploadTurns.defaults(),
        1024,
        Duration.ofMinutes(1));
  }

  /** With other sizes. */
  public LfsLimits withSizes(long largest, long ofApp) {
    return new LfsLimits(
        largest, ofApp, appObjects, requestBytes, requestObjects, turns, bytesPerSecond, window);
  }
}
