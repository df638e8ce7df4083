package io.platform.git.http.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Replies in plain text instead of git's protocol: git shows the lines of a text/plain body as
 * {@code remote: …} when it asks for refs.
 */
public final class PlainReply {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String LFS = "application/vnd.git-lfs+json";

  private PlainReply() {}

  public static void sentence(HttpServletResponse response, int status, String text)
      throws IOException {
    send(response, status, PLAIN, text + "\n");
  }

  /** As the Git LFS API has it (git-lfs/docs/api/batch.md). */
  public static void lfs(HttpServletResponse response, int status, String message)
      throws IOException {
    send(
        response,
        status,
        LFS,
        "{\"message\":\"%s\"}\n".formatted(message.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  public static void noCache(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
    response.setHeader("Expires", "Fri, 01 Jan 1980 00:00:00 GMT");
    response.setHeader("Pragma", "no-cache");
  }

  private static void send(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    noCache(response);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
