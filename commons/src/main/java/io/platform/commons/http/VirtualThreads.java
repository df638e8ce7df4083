package io.platform.commons.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs the handlers behind it on virtual threads, because they may block for long, for example to
 * follow a log. What is in front of it keeps the server's platform threads.
 *
 * <p>Takes {@code X-HTTP-Method-Override} away: Javalin would take a GET for the DELETE that the
 * header names.
 */
public class VirtualThreads extends Handler.Wrapper {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Request as = withoutOverride(request);
    Thread.ofVirtual()
        .name("http-" + request.getId())
        .start(() -> handleHere(as, response, callback));
    return true;
  }

  private void handleHere(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Throwable e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static Request withoutOverride(Request request) {
    if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
      return request;
    }
    HttpFields headers =
        HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }
}
