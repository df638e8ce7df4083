package io.platform.slug.build;

import io.platform.slug.Backoff;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildJob;
import io.platform.slug.PlatformHttp;
import io.platform.slug.SteadyClock;
import java.io.IOException;
import java.time.Duration;

/** Asks the platform what to build. */
final class FetchJob {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PlatformHttp platform;
  private final String build;

  FetchJob(PlatformHttp platform, String build) {
    this.platform = platform;
    this.build = build;
  }

  BuildJob run() throws BuildFailure, InterruptedException {
    Backoff backoff = new Backoff(SteadyClock.now().plus(PATIENCE));
    while (true) {
      String why;
      try {
        PlatformHttp.Answer answer = platform.get("/api/v1/builds/" + build + "/job");
        if (answer.ok()) {
          return BuildJob.from(answer.json());
        }
        if (answer.status() == 410) {
          throw Failures.ended();
        }
        if (!answer.passing()) {
          throw Failures.jobRefused(answer.detail());
        }
        why = answer.detail();
      } catch (BadFormatException malformed) {
        throw Failures.jobRefused(Failures.reason(malformed));
      } catch (IOException unheard) {
        why = Failures.reason(unheard);
      }
      if (!backoff.pause()) {
        throw Failures.jobRefused(why);
      }
    }
  }
}
