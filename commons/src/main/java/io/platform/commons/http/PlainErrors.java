package io.platform.commons.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The HTTP server's own error responses, sent where no handler answers: one sentence of plain text,
 * without HTML or class names.
 */
public final class PlainErrors extends ErrorHandler {
  private final ServerName server;

  /** Answers in the name of a server. */
  public PlainErrors(ServerName server) {
    this.server = server;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ERROR_EXCEPTION) instanceof HttpException e
            ? e.getCode()
            : response.getStatus();
    response.setStatus(status);
    if (HttpStatus.hasNoBody(status)) {
      callback.succeeded();
      return true;
    }
    byte[] text = (sentence(status) + "\n").getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }

  private String sentence(int status) {
    return switch (status) {
      case 400 ->
          "The request is not valid HTTP: it may lack the Host header, or have a malformed line, header or address.";
      case 404 -> "There is nothing at this address.";
      case 408 -> "The rest of the request did not arrive in time. Send it again.";
      case 413 -> "The request's body is too large.";
      case 414 -> "The address is too long. Send long parameters in the request's body.";
      case 417 -> "The request expects what this server does not do. Send it without Expect.";
      case 431 -> "The request's headers are too large. Send fewer or smaller headers and cookies.";
      case 500 ->
          server.subject()
              + " could not answer because of an error of its own. Try again; if this keeps failing, contact your administrator, who finds the cause in the server's log.";
      case 503 -> server.subject() + " is starting, stopping or busy. Try again in a moment.";
      case 505 -> "This version of HTTP is not spoken here. Use HTTP/1.1.";
      default -> "The request failed: %s.".formatted(HttpStatus.getMessage(status));
    };
  }
}
