package io.platform.commons.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.platform.commons.disk.DiskFault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every failure as {@code application/problem+json}. */
public final class Problems {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final String BROKEN_BODY =
      "The request's body ended early, or is not valid HTTP. Send the request again.";

  private final ServerName server;

  /** Answers in the name of a server. */
  public Problems(ServerName server) {
    this.server = server;
  }

  /** Handles what the handlers of this server throw. */
  public void register(JavalinConfig config) {
    config.routes.exception(Problem.class, (problem, ctx) -> answer(ctx, problem));
    config.routes.exception(
        HttpResponseException.class, (e, ctx) -> answer(ctx, translated(e, ctx)));
    config.routes.exception(Exception.class, this::failed);
  }

  /** Writes the problem as the answer, unless an answer has begun. */
  public static void answer(Context ctx, Problem problem) {
    if (ctx.res().isCommitted()) {
      return;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", HttpStatus.forStatus(problem.status()).getMessage());
    document.put("status", problem.status());
    document.put("detail", problem.detail());
    document.putAll(problem.members());
    problem.headers().forEach(ctx::header);
    ctx.status(problem.status());
    ctx.contentType(MEDIA_TYPE);
    ctx.result(Json.bytes(document));
  }

  private static Problem translated(HttpResponseException e, Context ctx) {
    return switch (e.getStatus()) {
      case 404 ->
          Problem.notFound("There is nothing at %s %s.".formatted(ctx.method(), ctx.path()));
      case 405 -> new Problem(405, "%s is not possible at %s.".formatted(ctx.method(), ctx.path()));
      case 413 -> new Problem(413, "The request's body is too large.");
      default -> new Problem(e.getStatus(), String.valueOf(e.getMessage()));
    };
  }

  private void failed(Exception e, Context ctx) {
    if (e instanceof MinimumReadRate.TooSlow) {
      LOG.info("{} {} was cut off: {}", ctx.method(), ctx.path(), e.getMessage());
      cut(ctx, e);
    } else if (!ctx.res().isCommitted()) {
      answer(ctx, explain(e, ctx));
    } else if (e instanceof EofException) {
      LOG.debug("{} {}: the client went away", ctx.method(), ctx.path(), e);
    } else {
      LOG.error("{} {} broke off: {}", ctx.method(), ctx.path(), reason(e));
      cut(ctx, e);
    }
  }

  /** What the client is told of a failure before its answer has begun; the log has the rest. */
  public Problem explain(Exception e, Context ctx) {
    if (e instanceof EofException) {
      // Most often the client has left; where it has not, it sent what is no HTTP.
      LOG.debug("{} {}: the request's body broke off", ctx.method(), ctx.path(), e);
      return new Problem(400, BROKEN_BODY).header("Connection", "close");
    }
    Problem problem = problem(e);
    // Without the query: it can hold a signature.
    if (problem.status() == 500) {
      LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
    } else {
      LOG.error("{} {} failed: {}", ctx.method(), ctx.path(), problem.detail());
    }
    return problem;
  }

  /** What failed and where, without the failure's message: it can hold an object's key. */
  private static String reason(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    String what = e.getClass().getSimpleName();
    return trace.length == 0 ? what : what + " at " + trace[0];
  }

  private Problem problem(Exception e) {
    return DiskFault.of(e)
        .map(this::problem)
        .orElseGet(() ->
            new Problem(
                500,
                "%s could not do this because of an error of its own. Try again; if this keeps failing, contact your administrator, who finds the cause in the server's log."
                    .formatted(server.subject())));
  }

  private Problem problem(DiskFault fault) {
    return switch (fault) {
      case FULL ->
          new Problem(
                  507,
                  "The disk of %s is full, and nothing was changed. Contact your administrator for more space, then try again."
                      .formatted(server.host()))
              .header("Retry-After", "60");
      case NOT_WRITABLE ->
          new Problem(
                  503,
                  "The database of %s cannot be written, because its disk fails or is read-only, and nothing was changed. Contact your administrator to make it writable, then try again."
                      .formatted(server.host()))
              .header("Retry-After", "60");
    };
  }

  /**
   * An answer that has begun and cannot be completed must not look complete: its connection is cut.
   * Not by {@code ServletChannel.abort}: the servlet that completes the request would then fail.
   */
  private static void cut(Context ctx, Exception cause) {
    ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(cause);
  }
}
