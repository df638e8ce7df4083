package io.platform.slug.build.step;

import io.platform.slug.Blob;
import io.platform.slug.JsonObject;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.PlatformHttp;
import io.platform.slug.http.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stores a file where the platform says: asks for a URL with size and SHA-256, and puts exactly
 * those bytes.
 */
public final class UploadObject {
  private static final int MOST_ATTEMPTS_REFUSED = 5;
  private static final int FULL = 507;

  private final PlatformHttp platform;
  private final String path;
  private final StoreRetryBudget budget;
  private final Consumer<String> messages;

  /**
   * Uploads for one build.
   *
   * @param kind {@code slug} or {@code cache}
   * @param messages is told once, when the first attempt fails and others follow
   */
  public UploadObject(
      PlatformHttp platform,
      String build,
      String kind,
      StoreRetryBudget budget,
      Consumer<String> messages) {
    this.platform = platform;
    this.budget = budget;
    this.messages = messages;
    this.path = "/api/v1/builds/" + build + "/" + kind;
  }

  /**
   * Tries until {@code giveUp}, and no longer than the store is waited for in all.
   *
   * @throws RefusedException if the platform or the store will not have it
   */
  public void run(Path file, Blob blob, Instant giveUp) throws IOException, InterruptedException {
    Backoff backoff = new Backoff(giveUp);
    int refused = 0;
    boolean said = false;
    while (true) {
      IOException why;
      try {
        int status = attempt(file, blob);
        if (status == 200 || status == 201 || status == 204) {
          return;
        }
        budget.storeFailed();
        why = new RefusedException(status, refusal(status));
        if ((status / 100 == 4 || status == FULL) && ++refused == MOST_ATTEMPTS_REFUSED) {
          throw why;
        }
      } catch (RefusedException refusal) {
        throw refusal;
      } catch (IOException e) {
        why = e;
      }
      if (!said) {
        said = true;
        messages.accept(
            "It could not be stored yet, trying again: " + BuildFailureMessages.reason(why));
      }
      if (budget.over() || !backoff.pause()) {
        throw why;
      }
    }
  }

  private static String refusal(int status) {
    return status == FULL
        ? "the object store is full"
        : "the object store answered HTTP status " + status;
  }

  private int attempt(Path file, Blob blob) throws IOException, InterruptedException {
    JsonObject target = target(blob);
    Map<String, String> headers =
        target.has("headers") ? target.object("headers").strings() : Map.of();
    try {
      return platform.upload(
          target.string("method"), URI.create(target.string("url")), headers, file);
    } catch (IOException storeFailed) {
      budget.storeFailed();
      throw storeFailed;
    }
  }

  private JsonObject target(Blob blob) throws IOException, InterruptedException {
    PlatformHttp.Answer answer;
    try {
      answer = platform.post(path, "application/json", blob.toJson().toBytes());
    } catch (IOException platformFailed) {
      budget.platformFailed();
      throw platformFailed;
    }
    if (!answer.ok()) {
      budget.platformFailed();
      if (answer.passing()) {
        throw new IOException(answer.detail());
      }
      throw new RefusedException(answer.status(), answer.detail());
    }
    return answer.json();
  }
}
