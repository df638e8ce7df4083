package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
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
  static <T> T read(Context context, Class<T> type) throws IOException {
    String contentType = context.contentType();
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Problem(
          415, "The body of this request is JSON; send it with Content-Type: application/json.");
    }
    return Json.body(context, type, RequestHandling.LARGEST_BODY);
  }
}
