package io.platform.receiver.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The bytes that a git client sends, which it may have compressed. */
final class RequestBody {
  private static final int BUFFER = 32 * 1024;

  private RequestBody() {}

  static InputStream of(HttpServletRequest request) throws IOException {
    return decoded(request, request.getInputStream());
  }

  static InputStream decoded(HttpServletRequest request, InputStream body) throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    return "gzip".equals(encoding) || "x-gzip".equals(encoding)
        ? new GZIPInputStream(body, BUFFER)
        : new BufferedInputStream(body, BUFFER);
  }
}
