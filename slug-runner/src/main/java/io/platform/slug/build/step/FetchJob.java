package io.platform.slug.build.step;

import io.platform.slug.BadFormatException;
import io.platform.slug.BuildJob;
import io.platform.slug.SteadyClock;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.time.Duration;

/** Fetches the build job from the platform. */
public final class FetchJob {
  private static final Duration RETRY_TIME = Duration.ofMinutes(5);

  private final PlatformHttp platform;
  private final String build;

  public FetchJob(PlatformHttp platform, String build) {
    this.platform = platform;
    this.build = build;
  }

  public BuildJob run() throws BuildFailure, InterruptedException {
    Backoff backoff = new Backoff(SteadyClock.now().plus(RETRY_TIME));
    while (true) {
      String why;
      try {
        PlatformHttp.Answer answer = platform.get("/api/v1/builds/" + build + "/job");
        if (answer.ok()) {
          return BuildJob.from(answer.json());
        }
        if (answer.status() == 410) {
          throw BuildFailureMessages.ended();
        }
        if (!answer.passing()) {
          throw BuildFailureMessages.jobRefused(answer.detail());
        }
        why = answer.detail();
      } catch (BadFormatException malformed) {
        throw BuildFailureMessages.jobRefused(BuildFailureMessages.reason(malformed));
      } catch (IOException e) {
        why = BuildFailureMessages.reason(e);
      }
      if (!backoff.pause()) {
        throw BuildFailureMessages.jobRefused(why);
      }
    }
  }
}
