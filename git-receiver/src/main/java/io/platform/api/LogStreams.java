package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.console.LineFormat;
import io.platform.commons.http.Json;
import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.Problem;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.LogSink;
import io.platform.service.BuildLogService;
import io.platform.service.RequestRefused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs over HTTP: as plain text, or as server-sent events; as far as they go, or followed to their
 * end.
 */
final class LogStreams {
  private static final Logger LOG = LoggerFactory.getLogger(LogStreams.class);

  /** Bytes a second. */
  private static final int SLOWEST = 64;

  private static final Duration GRACE = Duration.ofMinutes(1);

  private final UserAuthentication users;
  private final BuildLogService logs;

  LogStreams(UserAuthentication users, BuildLogService logs) {
    this.users = users;
    this.logs = logs;
  }

  /**
   * Answers with a build's log. Whether the user may see it is asked again while the log is
   * followed.
   *
   * @param id empty for the newest build
   */
  void stream(Context ctx, Optional<BuildId> id) throws IOException, InterruptedException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    long from = QueryParameters.number(ctx, "from", 0, 0, Long.MAX_VALUE);
    boolean follow = QueryParameters.flag(ctx, "follow");
    Build build = logs.readable(user, path, id);
    Runnable check = () -> check(ctx, path, id);
    String accept = ctx.header("Accept");
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    if (accept != null && accept.contains(EventStream.MEDIA_TYPE)) {
      events(ctx, build, from, follow, check);
    } else {
      text(ctx, build, from, follow, check);
    }
  }

  private void text(Context ctx, Build build, long from, boolean follow, Runnable check)
      throws IOException, InterruptedException {
    OutputStream out = begin(ctx, "text/plain; charset=utf-8");
    try {
      logs.send(build, from, follow, new CheckedSink(new PlainText(out), check));
    } catch (Problem refused) {
      out.write((LineFormat.error(refused.detail()) + "\n").getBytes(UTF_8));
    } catch (ServerStopping e) {
      LOG.debug("the log of build {} is followed no more: the server stops", build.id());
    }
  }

  private void events(Context ctx, Build build, long from, boolean follow, Runnable check)
      throws IOException, InterruptedException {
    String last = ctx.header("Last-Event-ID");
    long start =
        last == null || last.isEmpty()
            ? from
            : QueryParameters.number(last, "The header Last-Event-ID", 0, Long.MAX_VALUE);
    EventStream events = new EventStream(begin(ctx, EventStream.MEDIA_TYPE + "; charset=utf-8"));
    Build now;
    try {
      now = logs.send(build, start, follow, new CheckedSink(events, check));
    } catch (Problem refused) {
      events.refused(refused.detail());
      return;
    } catch (ServerStopping e) {
      LOG.debug("the log of build {} is followed no more: the server stops", build.id());
      return;
    }
    if (now.settled()) {
      events.end(Json.bytes(ApiRepresentations.build(now)));
    }
  }

  /** That nobody can say whether a user may see the log ends nothing. */
  private void check(Context ctx, AppPath path, Optional<BuildId> id) {
    try {
      logs.check(users.user(ctx), path, id);
    } catch (RequestRefused e) {
      throw RefusedRequests.problem(e);
    } catch (Problem e) {
      if (e.status() != 503) {
        throw e;
      }
    }
  }

  /** Sends the head at once: a follower learns that it is connected before the first line. */
  private static OutputStream begin(Context ctx, String mediaType) throws IOException {
    HttpServletResponse response = ctx.res();
    response.setStatus(200);
    response.setContentType(mediaType);
    response.flushBuffer();
    return new MinimumReadRate(response.getOutputStream(), SLOWEST, GRACE);
  }

  private record PlainText(OutputStream out) implements LogSink {
    @Override
    public void text(byte[] text, long next) throws IOException {
      out.write(text);
      out.flush();
    }

    @Override
    public void idle() throws IOException {
      out.flush();
    }
  }
}
