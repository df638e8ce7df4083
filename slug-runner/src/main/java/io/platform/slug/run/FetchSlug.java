package io.platform.slug.run;

import io.platform.commons.disk.FullDisk;
import io.platform.commons.file.FileFailure;
import io.platform.slug.BadFormatException;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemMessages;
import io.platform.slug.SteadyClock;
import io.platform.slug.archive.HashingInputStream;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.archive.UnsafeEntryException;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.FailedAnswerException;
import io.platform.slug.http.PlatformHttp;
import io.platform.slug.http.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;

/**
 * Downloads a release's slug to where it is wanted, and verifies it in one pass: nothing of it runs
 * before its digest is verified.
 *
 * @param <T> what is known of it then
 */
final class FetchSlug<T> {
  private static final Duration RETRY_TIME = Duration.ofMinutes(2);
  private static final int ATTEMPTS_AT_DAMAGED = 3;

  private final PlatformHttp platform;
  private final String release;
  private final SlugTarget<T> target;
  private final SlugProblemReporter reporter;

  /** Replaces what the target has. */
  FetchSlug(
      PlatformHttp platform, String release, SlugTarget<T> target, SlugProblemReporter reporter) {
    this.platform = platform;
    this.release = release;
    this.target = target;
    this.reporter = reporter;
  }

  T run() throws RunFailure, InterruptedException {
    Backoff backoff = new Backoff(SteadyClock.now().plus(RETRY_TIME));
    int damaged = 0;
    while (true) {
      SlugProblem problem;
      try {
        target.clear();
        T taken = attempt();
        reporter.solved();
        return taken;
      } catch (BadFormatException notWhatWasBuilt) {
        damaged++;
        problem = new SlugProblem.Damaged(FileFailure.reason(notWhatWasBuilt));
        if (damaged == ATTEMPTS_AT_DAMAGED) {
          throw SlugFailures.of(notWhatWasBuilt, target);
        }
      } catch (RefusedException refused) {
        throw new RunFailure(
            SlugExitCode.RELEASE_REFUSED,
            "The platform refused to send this release's slug: "
                + FileFailure.reason(refused)
                + "."
                + SlugFailures.ADMINISTRATOR);
      } catch (IOException failure) {
        if (isForGood(failure)) {
          throw SlugFailures.of(failure, target);
        }
        problem = problem(failure);
      }
      reporter.tell(problem);
      if (!backoff.pause()) {
        throw new RunFailure(
            SlugExitCode.SLUG_UNAVAILABLE,
            "The slug could not be fetched for "
                + RETRY_TIME.toSeconds()
                + " seconds: "
                + SlugProblemMessages.of(problem)
                + "."
                + SlugFailures.ADMINISTRATOR);
      }
    }
  }

  private static boolean isForGood(IOException failure) {
    return failure instanceof UnsafeEntryException
        || failure instanceof TreeLimitException
        || failure instanceof FileSystemException
        || FullDisk.caused(failure);
  }

  private static SlugProblem problem(IOException failure) {
    if (failure instanceof FailedAnswerException answer) {
      return answer.isPlatforms()
          ? new SlugProblem.PlatformAnswered(answer.status(), answer.detail())
          : new SlugProblem.StoreAnswered(answer.status());
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return new SlugProblem.TransferFailed(
          failure instanceof ConnectException
              ? Optional.empty()
              : Optional.of("no reason was given"));
    }
    return new SlugProblem.TransferFailed(Optional.of(message));
  }

  private T attempt() throws IOException, InterruptedException {
    try (PlatformHttp.Download download =
        platform.download("/api/v1/releases/" + release + "/slug")) {
      HashingInputStream in = new HashingInputStream(download.body());
      Optional<T> taken = Optional.empty();
      IOException failure = new BadFormatException("it has no manifest");
      try {
        taken = Optional.of(target.take(in));
      } catch (UnsafeEntryException | TreeLimitException | BadFormatException bad) {
        failure = bad;
      }
      Optional<String> promised = download.sha256();
      if (promised.isEmpty()) {
        throw new BadFormatException("the platform sent no SHA-256 with it");
      }
      if (!in.drain().sha256().equals(promised.get())) {
        throw new BadFormatException("its SHA-256 differs");
      }
      if (taken.isEmpty()) {
        throw failure;
      }
      return taken.get();
    }
  }
}
