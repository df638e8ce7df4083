package io.platform.slug.build;

import io.platform.slug.Backoff;
import io.platform.slug.Blob;
import io.platform.slug.JsonObject;
import io.platform.slug.PlatformHttp;
import io.platform.slug.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Stores a file where the platform says: asks for a URL with size and SHA-256, and puts exactly
 * those bytes.
 */
final class UploadObject {
  private static final int MOST_ATTEMPTS_REFUSED = 5;

  private final PlatformHttp platform;
  private final String path;

  /**
   * Uploads for one build.
   *
   * @param kind {@code slug} or {@code cache}
   */
  UploadObject(PlatformHttp platform, String build, String kind) {
    this.platform = platform;
    this.path = "/api/v1/builds/" + build + "/" + kind;
  }

  /**
   * Tries until {@code giveUp}.
   *
   * @throws RefusedException if the platform or the store will not have it
   */
  void run(Path file, Blob blob, Instant giveUp) throws IOException, InterruptedException {
    Backoff backoff = new Backoff(giveUp);
    int refused = 0;
    while (true) {
      IOException why;
      try {
        int status = attempt(file, blob);
        if (status == 200 || status == 201 || status == 204) {
          return;
        }
        why = new RefusedException(status, "the object store answered HTTP status " + status);
        if (status / 100 == 4 && ++refused == MOST_ATTEMPTS_REFUSED) {
          throw why;
        }
      } catch (RefusedException refusal) {
        throw refusal;
      } catch (IOException unheard) {
        why = unheard;
      }
      if (!backoff.pause()) {
        throw why;
      }
    }
  }

  private int attempt(Path file, Blob blob) throws IOException, InterruptedException {
    PlatformHttp.Answer answer = platform.post(path, "application/json", blob.toJson().toBytes());
    if (!answer.ok()) {
      if (answer.passing()) {
        throw new IOException(answer.detail());
      }
      throw new RefusedException(answer.status(), answer.detail());
    }
    JsonObject target = answer.json();
    Map<String, String> headers =
        target.has("headers") ? target.object("headers").strings() : Map.of();
    return platform.upload(
        target.string("method"), URI.create(target.string("url")), headers, file);
  }
}
