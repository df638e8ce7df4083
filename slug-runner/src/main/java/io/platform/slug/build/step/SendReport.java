package io.platform.slug.build.step;

import io.platform.slug.BuildReport;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SteadyClock;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reports the end of the build to the platform, with retries until it is received. */
public final class SendReport {
  /** How long to try where the deadline has passed or is near. */
  private static final Duration AT_LEAST = Duration.ofSeconds(30);

  private final PlatformHttp platform;
  private final URI url;
  private final Instant deadline;
  private final Optional<Path> terminationLog;

  public SendReport(
      PlatformHttp platform, URI url, Instant deadline, Optional<Path> terminationLog) {
    this.platform = platform;
    this.url = url;
    this.deadline = deadline;
    this.terminationLog = terminationLog;
  }

  /** How the builder ends that has {@code outcome} to tell. */
  public SlugExitCode run(BuildReport report, SlugExitCode outcome) throws InterruptedException {
    byte[] json = report.toBytes();
    leaveBehind(json);
    Instant soonest = SteadyClock.now().plus(AT_LEAST);
    Backoff backoff = new Backoff(deadline.isAfter(soonest) ? deadline : soonest);
    Optional<SlugExitCode> end;
    do {
      end = attempt(json, outcome);
    } while (end.isEmpty() && backoff.pause());
    return end.orElse(SlugExitCode.REPORT_NOT_DELIVERED);
  }

  /** Empty if another attempt may succeed. */
  private Optional<SlugExitCode> attempt(byte[] json, SlugExitCode outcome)
      throws InterruptedException {
    try {
      PlatformHttp.Answer answer = platform.post(url, "application/json", json);
      if (answer.ok()) {
        return Optional.of(outcome);
      }
      if (answer.status() == 409 || answer.status() == 410) {
        return Optional.of(SlugExitCode.BUILD_ENDED);
      }
      return answer.passing() ? Optional.empty() : Optional.of(SlugExitCode.REPORT_NOT_DELIVERED);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void leaveBehind(byte[] json) {
    terminationLog.ifPresent(file -> {
      try {
        Files.write(file, json);
      } catch (IOException unwritable) {
        // The report itself is still to be sent; this copy is for when it does not arrive.
      }
    });
  }
}
