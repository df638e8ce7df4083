package io.platform.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Request bodies that fit into memory. */
public final class Bodies {
  private Bodies() {}

  /**
   * The whole body.
   *
   * @throws Problem where it has more bytes than {@code maxBytes} (413)
   */
  public static byte[] read(Context ctx, int maxBytes) throws IOException {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    InputStream in = ctx.req().getInputStream();
    byte[] body = in.readNBytes(maxBytes + 1);
    if (body.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return body;
  }

  private static Problem tooLarge(int maxBytes) {
    return new Problem(
        413,
        "The request's body is larger than the %d bytes that are taken here.".formatted(maxBytes));
  }
}
