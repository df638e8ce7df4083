package io.platform.receiver.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes that a git client sends, which it may have compressed. */
final class RequestBody {
  private static final int BUFFER = 32 * 1024;

  private RequestBody() {}

  static InputStream of(HttpServletRequest request) throws IOException {
    return decoded(request, request.getInputStream());
  }

  /**
   * Decompresses a body where its headers say that it is compressed.
   *
   * @throws MalformedRequest where it is not
   */
  static InputStream decoded(HttpServletRequest request, InputStream body) throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    if (!"gzip".equals(encoding) && !"x-gzip".equals(encoding)) {
      return new BufferedInputStream(body, BUFFER);
    }
    try {
      return new GZIPInputStream(body, BUFFER);
    } catch (ZipException | EOFException e) {
      throw new MalformedRequest(
          "The request says that it is compressed with gzip, and it is not.");
    }
  }
}
