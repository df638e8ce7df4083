package io.platform.auth.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Request bodies, which are all small here. */
final class RequestBody {

  /** How long a body may take; where the routes keep it. */
  static final Key<Duration> LIMIT = new Key<>("auth-request-body-limit");

  private static final int LONGEST = 16 * 1024;

  private RequestBody() {}

  /**
   * The whole body.
   *
   * @throws BodyRefused if it is too large to be meant, does not come in time, however often a byte
   *     of it comes, or breaks off
   */
  static byte[] read(Context context) throws BodyRefused {
    Duration limit = context.appData(LIMIT);
    long begun = System.nanoTime();
    byte[] piece = new byte[LONGEST + 1];
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (InputStream in = context.req().getInputStream()) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        body.write(piece, 0, n);
        if (body.size() > LONGEST) {
          throw BodyRefused.tooLarge();
        }
        if (System.nanoTime() - begun > limit.toNanos()) {
          throw tooLate(limit);
        }
      }
      return body.toByteArray();
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooLate(limit);
      }
      throw BodyRefused.broken();
    }
  }

  private static BodyRefused tooLate(Duration limit) {
    return BodyRefused.tooLate(Math.max(1, limit.toSeconds()));
  }
}
