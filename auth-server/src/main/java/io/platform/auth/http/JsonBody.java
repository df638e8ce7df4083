package io.platform.auth.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;

/** The JSON object in the body of a request to the accounts API. */
final class JsonBody {

  private JsonBody() {}

  /**
   * Reads the body.
   *
   * @throws Problem if it is none of this type, too large, too slow or broken
   */
  static <T> T read(Context context, Class<T> type) throws Problem {
    String contentType = context.contentType();
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw Problem.of(
          415, "The body of this request is JSON; send it with Content-Type: application/json.");
    }
    try {
      T value = Json.read(RequestBody.read(context), type);
      if (value == null) {
        throw Problem.of(400, "The body of the request is null; send a JSON object.");
      }
      return value;
    } catch (BodyRefused e) {
      throw Problem.of(e.status(), e.sentence());
    } catch (IOException e) {
      throw Problem.of(
          400,
          "The body of the request is not the JSON object that this call takes; see docs/auth.md.");
    }
  }
}
