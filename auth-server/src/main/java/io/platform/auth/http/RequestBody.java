package io.platform.auth.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Request bodies, which are all small here. */
final class RequestBody {

  private static final int LONGEST = 16 * 1024;

  private RequestBody() {}

  /** The whole body, or nothing if it is too large to be meant. */
  static Optional<byte[]> read(Context context) {
    try (InputStream in = context.req().getInputStream()) {
      byte[] body = in.readNBytes(LONGEST + 1);
      return body.length > LONGEST ? Optional.empty() : Optional.of(body);
    } catch (IOException e) {
      throw new UncheckedIOException("the request's body ended early", e);
    }
  }
}
