package io.platform.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.service.BuildReportService;
import io.platform.service.BuilderAccess;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/v1/builds/{id}/report}: a builder says how its build ended. */
public final class BuildReportRoute {
  private final BuilderAccess access;
  private final BuildReportService reports;

  /** For those to whom this gives access. */
  public BuildReportRoute(BuilderAccess access, BuildReportService reports) {
    this.access = access;
    this.reports = reports;
  }

  /** Adds the route. */
  public void register(JavalinConfig config) {
    RefusedWorkloads.register(config.routes);
    config.routes.post(BuilderRoutes.REPORT, this::report);
  }

  private void report(Context ctx) throws IOException {
    Build reported =
        access.reported(
            Optional.ofNullable(ctx.header("Authorization")), new BuildId(ctx.pathParam("id")));
    Build ended = reports.report(reported, parse(ctx));
    Json.answer(
        ctx, 200, ended.release().map(vN -> Map.of("release", vN.toString())).orElse(Map.of()));
  }

  private static BuildReport parse(Context ctx) throws IOException {
    byte[] body = Bodies.read(ctx, BuildReport.MAX_BYTES);
    try {
      return BuildReport.parse(body);
    } catch (BadFormatException e) {
      throw new Problem(400, "This is no build report: %s.".formatted(e.getMessage()));
    }
  }
}
