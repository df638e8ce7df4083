package io.platform.slug.run;

import io.platform.slug.JsonObject;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Tells why the slug does not come: the app's log once, and the platform, whose pushers read it
 * where the release does not come up in time. The platform hears it by a request with the release's
 * token, and never from the app's output, where the app could write the same.
 */
final class SlugProblem {
  private final PlatformHttp platform;
  private final String release;
  private final Consumer<String> log;
  private String said = "";
  private String told = "";

  SlugProblem(PlatformHttp platform, String release, Consumer<String> log) {
    this.platform = platform;
    this.release = release;
    this.log = log;
  }

  /**
   * An attempt failed, and there will be others.
   *
   * @param why without a full stop
   */
  void tell(String why) throws InterruptedException {
    if (said.isEmpty()) {
      log.accept("The slug could not be fetched yet, trying again: " + why + ".");
      said = why;
    }
    if (!told.equals(why)) {
      post(new JsonObject().with("message", why), why);
    }
  }

  /** The slug is there. */
  void solved() throws InterruptedException {
    if (!told.isEmpty()) {
      post(new JsonObject(), "");
    }
  }

  /** A platform that does not answer is told at the next attempt. */
  private void post(JsonObject problem, String why) throws InterruptedException {
    try {
      if (platform
          .post(
              "/api/v1/releases/" + release + "/slug/problem",
              "application/json",
              problem.toBytes())
          .ok()) {
        told = why;
      }
    } catch (IOException e) {
      // It is the platform, perhaps, that the slug does not come from.
    }
  }
}
