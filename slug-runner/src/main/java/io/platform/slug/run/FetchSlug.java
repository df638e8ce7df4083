package io.platform.slug.run;

import io.platform.commons.disk.FullDisk;
import io.platform.commons.file.Directories;
import io.platform.commons.file.FileFailure;
import io.platform.slug.BadFormatException;
import io.platform.slug.Manifest;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemMessages;
import io.platform.slug.SteadyClock;
import io.platform.slug.archive.HashingInputStream;
import io.platform.slug.archive.SlugArchive;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.archive.UnsafeEntryException;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.FailedAnswerException;
import io.platform.slug.http.PlatformHttp;
import io.platform.slug.http.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Downloads a release's slug, and unpacks and verifies it in one pass: nothing of it runs before
 * its digest is verified.
 */
final class FetchSlug {
  private static final Duration RETRY_TIME = Duration.ofMinutes(2);
  private static final int ATTEMPTS_AT_DAMAGED = 3;
  private static final String ADMINISTRATOR = " Contact your administrator.";

  private final PlatformHttp platform;
  private final String release;
  private final Path directory;
  private final SlugProblemReporter reporter;

  /** Unpacks to {@code directory}, whose content is replaced. */
  FetchSlug(PlatformHttp platform, String release, Path directory, SlugProblemReporter reporter) {
    this.platform = platform;
    this.release = release;
    this.directory = directory;
    this.reporter = reporter;
  }

  Manifest run() throws RunFailure, InterruptedException {
    Backoff backoff = new Backoff(SteadyClock.now().plus(RETRY_TIME));
    int damaged = 0;
    while (true) {
      SlugProblem problem;
      try {
        Directories.empty(directory);
        Manifest manifest = attempt();
        reporter.solved();
        return manifest;
      } catch (BadFormatException notWhatWasBuilt) {
        damaged++;
        problem = new SlugProblem.Damaged(FileFailure.reason(notWhatWasBuilt));
        if (damaged == ATTEMPTS_AT_DAMAGED) {
          clear();
          throw new RunFailure(
              SlugExitCode.SLUG_DAMAGED,
              "The slug is not what was built: "
                  + FileFailure.reason(notWhatWasBuilt)
                  + ". Nothing of it was started."
                  + ADMINISTRATOR);
        }
      } catch (UnsafeEntryException unsafe) {
        clear();
        throw new RunFailure(
            SlugExitCode.SLUG_UNSAFE,
            "The slug has an entry that would leave its directory: `"
                + unsafe.entry()
                + "` "
                + unsafe.why()
                + ". Nothing of it was started."
                + ADMINISTRATOR);
      } catch (TreeLimitException e) {
        clear();
        throw new RunFailure(
            SlugExitCode.SLUG_UNSAFE,
            "The slug unpacks to "
                + FileFailure.reason(e)
                + ", which is the limit here. Nothing of it was started. Make the app smaller and deploy it"
                + " again.");
      } catch (RefusedException refused) {
        throw new RunFailure(
            SlugExitCode.RELEASE_REFUSED,
            "The platform refused to send this release's slug: "
                + FileFailure.reason(refused)
                + "."
                + ADMINISTRATOR);
      } catch (IOException failure) {
        if (FullDisk.caused(failure)) {
          throw new RunFailure(
              SlugExitCode.RUNNER_DISK_FULL,
              "The app does not fit on the disk that it is started on. Make it smaller, or contact your"
                  + " administrator for more space.");
        }
        if (failure instanceof FileSystemException) {
          throw new RunFailure(
              SlugExitCode.RUNNER_INTERNAL,
              "The slug could not be unpacked to "
                  + directory
                  + ": "
                  + FileFailure.reason(failure)
                  + "."
                  + ADMINISTRATOR);
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
                + ADMINISTRATOR);
      }
    }
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

  private Manifest attempt() throws IOException, InterruptedException {
    try (PlatformHttp.Download download =
        platform.download("/api/v1/releases/" + release + "/slug")) {
      HashingInputStream in = new HashingInputStream(download.body());
      Manifest manifest = null;
      IOException failure = null;
      try {
        manifest = SlugArchive.unpack(in, directory);
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
      if (manifest == null) {
        throw failure == null ? new BadFormatException("it has no manifest") : failure;
      }
      return manifest;
    }
  }

  private void clear() {
    try {
      Directories.empty(directory);
    } catch (IOException left) {
      // The runner ends now, and the next one begins with emptying the directory.
    }
  }
}
