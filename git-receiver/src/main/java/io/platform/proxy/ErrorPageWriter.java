package io.platform.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes a {@link ErrorPage}: HTML to browsers, two lines of text to everything else. */
final class ErrorPageWriter {
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <title>{title}</title>
      <style>
      :root { color-scheme: light dark; --ink: #1c2330; --soft: #5b6577; --paper: #f6f7f9; --card: #fff; --line: #dfe3ea; --mark: #b4471f }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf1; --soft: #9aa4b6; --paper: #12161d; --card: #1a2029; --line: #2b3340; --mark: #ef8a5f } }
      * { box-sizing: border-box }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink);
        font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
      main { width: 100%; max-width: 34rem; padding: 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
      .status { margin: 0 0 .5rem; color: var(--mark); font-weight: 600; letter-spacing: .04em }
      h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25 }
      p { margin: 0 0 .75rem }
      .hint { color: var(--soft) }
      code { padding: .1em .35em; border-radius: .3em; background: var(--paper); color: var(--ink); font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
      footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .8rem; overflow-wrap: anywhere }
      </style>
      </head>
      <body>
      <main>
      <p class="status">{status}</p>
      <h1>{title}</h1>
      <p>{text}</p>
      <p class="hint">{hint}</p>
      <footer>Request {id}</footer>
      </main>
      </body>
      </html>
      """;

  /** The request's attribute that holds the page that it was answered with. */
  static final String ATTRIBUTE = ErrorPage.class.getName();

  private ErrorPageWriter() {}

  static void write(
      Request request, Response response, Callback callback, ErrorPage page, String requestId) {
    boolean browser = wantsHtml(request);
    String body =
        browser
            ? html(page, requestId)
            : page.title() + ". " + page.text() + "\n" + page.hint() + "\n";
    request.setAttribute(ATTRIBUTE, page);
    response.setStatus(page.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(
        HttpHeader.CONTENT_TYPE,
        browser ? "text/html; charset=utf-8" : "text/plain; charset=utf-8");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.VARY, "Accept");
    headers.put(ForwardedHeaders.REQUEST_ID, requestId);
    if (browser) {
      headers.put(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    }
    if (page == ErrorPage.NO_TUNNEL) {
      headers.put(HttpHeader.CONNECTION, "close");
    }
    if (page.status() == 503 && page != ErrorPage.NO_WEB) {
      headers.put(HttpHeader.RETRY_AFTER, "10");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /**
   * Writes an app's own page for the time of its maintenance. It is the app's: the browser treats
   * it as it treats the app.
   */
  static void writeOwn(
      Request request, Response response, Callback callback, String html, String requestId) {
    if (!wantsHtml(request)) {
      write(request, response, callback, ErrorPage.MAINTENANCE, requestId);
      return;
    }
    response.setStatus(ErrorPage.MAINTENANCE.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.VARY, "Accept");
    headers.put(ForwardedHeaders.REQUEST_ID, requestId);
    headers.put(HttpHeader.RETRY_AFTER, "10");
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private static boolean wantsHtml(Request request) {
    List<String> accepted = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT);
    return accepted.stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"));
  }

  private static String html(ErrorPage page, String requestId) {
    String hint = escape(page.hint()).replaceAll("`([^`]*)`", "<code>$1</code>");
    return HTML.replace("{status}", String.valueOf(page.status()))
        .replace("{title}", escape(page.title()))
        .replace("{text}", escape(page.text()))
        .replace("{hint}", hint)
        .replace("{id}", escape(requestId));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
