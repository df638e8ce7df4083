package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.MinimumReadRate;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.domain.LogQuery;
import io.platform.service.AppLogService;
import io.platform.service.RequestRefused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;

/** The logs of apps: as JSON lines, or as server-sent events; as far as they go, or followed. */
final class AppLogRoutes implements RouteGroup {
  static final String LOGS = AppParameter.APP + "/logs";

  /** Bytes a second. */
  private static final int SLOWEST = 64;

  private static final Duration GRACE = Duration.ofMinutes(1);

  private final UserAuthentication users;
  private final AppLogService logs;

  AppLogRoutes(UserAuthentication users, AppLogService logs) {
    this.users = users;
    this.logs = logs;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(LOGS, this::read);
  }

  private void read(Context ctx) throws IOException, InterruptedException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    LogQuery query = AppLogQuery.of(ctx, Instant.now());
    try (AppLogService.Reading reading = logs.open(user, path)) {
      AppLogFormat format = AppLogFormat.of(ctx);
      OutputStream out = begin(ctx, format);
      AppLogWriter writer = new AppLogWriter(out, format, () -> check(ctx, path));
      try {
        reading.read(query, writer);
      } catch (Problem refused) {
        writer.refused(refused.detail());
      }
    }
  }

  /** That nobody can say whether a user may see the log ends nothing. */
  private void check(Context ctx, AppPath path) {
    try {
      logs.check(users.user(ctx), path);
    } catch (RequestRefused e) {
      throw RefusedRequests.problem(e);
    } catch (Problem e) {
      if (e.status() != 503) {
        throw e;
      }
    }
  }

  /** Sends the head at once: a follower learns that it is connected before the first line. */
  private static OutputStream begin(Context ctx, AppLogFormat format) throws IOException {
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    HttpServletResponse response = ctx.res();
    response.setStatus(200);
    response.setContentType(format.mediaType());
    response.flushBuffer();
    return new MinimumReadRate(response.getOutputStream(), SLOWEST, GRACE);
  }
}
