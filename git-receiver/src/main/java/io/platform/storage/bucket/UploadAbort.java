package io.platform.storage.bucket;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up uploads that failed. Where the store does not answer, this goes on in the background
 * until it does: it may be what made the upload fail, and a sweep need not find the upload later,
 * as MinIO lists only those that began since its own start.
 */
final class UploadAbort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadAbort.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("upload-abort-", 0).factory());

  /** Gives up the parts of an upload, now or once the store answers. */
  void run(String key, Bucket.Parts parts) {
    if (tried(key, parts)) {
      return;
    }
    try {
      threads.execute(() -> repeat(key, parts));
    } catch (RejectedExecutionException e) {
      LOG.debug("an upload of {} is left to the sweep: the store is closed", key);
    }
  }

  private static void repeat(String key, Bucket.Parts parts) {
    long end = System.nanoTime() + LONGEST.toNanos();
    Duration pause = FIRST_PAUSE;
    try {
      while (System.nanoTime() - end < 0) {
        Thread.sleep(pause);
        if (tried(key, parts)) {
          return;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
      LOG.warn("an upload of {} was not given up: its parts stay in the store", key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean tried(String key, Bucket.Parts parts) {
    try {
      parts.abort();
      return true;
    } catch (IOException e) {
      LOG.debug("an upload of {} is not given up yet", key, e);
      return false;
    }
  }

  /** What is not given up by now is left to the sweep. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
