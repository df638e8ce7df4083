package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.commons.console.LineFormat;
import io.platform.commons.http.Json;
import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.Problem;
import io.platform.domain.Build;
import io.platform.domain.RetentionLimits;
import io.platform.domain.port.Builds;
import io.platform.domain.port.LogSink;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs over HTTP: as plain text, or as server-sent events; as far as they go, or followed to their
 * end.
 */
final class LogStreams {
  /** Bytes a second. */
  private static final int SLOWEST = 64;

  private static final Duration GRACE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(LogStreams.class);

  private final LogFollower follower;
  private final Builds builds;
  private final RetentionLimits limits;

  LogStreams(LogFollower follower, Builds builds, RetentionLimits limits) {
    this.follower = follower;
    this.builds = builds;
    this.limits = limits;
  }

  /**
   * Answers with a build's log.
   *
   * @param check throws a {@link Problem} where the user may not see it; called again while the log
   *     is followed
   */
  void stream(Context ctx, Build build, Runnable check) throws IOException, InterruptedException {
    if (build.removedAt().isPresent()) {
      throw new Problem(
          410,
          "The log of build %s was removed: the logs of an app's last %d builds are kept."
              .formatted(build.id(), limits.builds()));
    }
    long from = QueryParameters.number(ctx, "from", 0, 0, Long.MAX_VALUE);
    boolean follow = QueryParameters.flag(ctx, "follow");
    checkReadable(build);
    String accept = ctx.header("Accept");
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    if (accept != null && accept.contains(EventStream.MEDIA_TYPE)) {
      events(ctx, build, from, follow, check);
    } else {
      text(ctx, build, from, follow, check);
    }
  }

  private void checkReadable(Build build) throws IOException {
    try {
      follower.checkReadable(build);
    } catch (NoSuchFileException e) {
      LOG.error("the log of build {} is missing in the object store", build.id());
      throw new Problem(
          500,
          "The log of build %s is missing in the platform's object store. Contact your administrator to restore it."
              .formatted(build.id()));
    }
  }

  private void text(Context ctx, Build build, long from, boolean follow, Runnable check)
      throws IOException, InterruptedException {
    OutputStream out = begin(ctx, "text/plain; charset=utf-8");
    try {
      send(build, from, follow, new CheckedSink(new PlainText(out), available(check)));
    } catch (Problem refused) {
      out.write((LineFormat.error(refused.detail()) + "\n").getBytes(UTF_8));
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
    try {
      send(build, start, follow, new CheckedSink(events, available(check)));
    } catch (Problem refused) {
      events.refused(refused.detail());
      return;
    }
    Build now = builds.find(build.id()).orElse(build);
    if (now.settled()) {
      events.end(Json.bytes(ApiRepresentations.build(now)));
    }
  }

  private void send(Build build, long from, boolean follow, LogSink sink)
      throws IOException, InterruptedException {
    if (follow) {
      follower.follow(FollowerClient.API, build.id(), from, sink);
    } else {
      follower.copy(build.id(), from, sink);
    }
  }

  /** That nobody can say whether a user may see the log ends nothing. */
  private static Runnable available(Runnable check) {
    return () -> {
      try {
        check.run();
      } catch (Problem e) {
        if (e.status() != 503) {
          throw e;
        }
      }
    };
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
