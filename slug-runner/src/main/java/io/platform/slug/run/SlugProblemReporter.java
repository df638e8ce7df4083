package io.platform.slug.run;

import io.platform.slug.JsonObject;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import io.platform.slug.SlugProblemMessages;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reports why the slug cannot be fetched: once to the app's log, and to the platform, which tells
 * the pusher if the release does not come up in time. The platform hears it by a request with the
 * release's token, and never from the app's output, where the app could write the same.
 */
final class SlugProblemReporter {
  private final PlatformHttp platform;
  private final String release;
  private final Consumer<String> log;
  private boolean said;
  private Optional<SlugProblem> told = Optional.empty();

  SlugProblemReporter(PlatformHttp platform, String release, Consumer<String> log) {
    this.platform = platform;
    this.release = release;
    this.log = log;
  }

  /** An attempt failed, and there will be others. */
  void tell(SlugProblem problem) throws InterruptedException {
    if (!said) {
      log.accept(
          "The slug could not be fetched yet, trying again: "
              + SlugProblemMessages.of(problem)
              + ".");
      said = true;
    }
    if (!told.equals(Optional.of(problem))) {
      post(SlugProblemJson.write(problem), Optional.of(problem));
    }
  }

  /** The slug is there. */
  void solved() throws InterruptedException {
    if (told.isPresent()) {
      post(new JsonObject(), Optional.empty());
    }
  }

  /** A platform that does not answer is told at the next attempt. */
  private void post(JsonObject body, Optional<SlugProblem> problem) throws InterruptedException {
    try {
      if (platform
          .post("/api/v1/releases/" + release + "/slug/problem", "application/json", body.toBytes())
          .ok()) {
        told = problem;
      }
    } catch (IOException e) {
      // It is the platform, perhaps, that the slug does not come from.
    }
  }
}
