package io.platform.release;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.platform.access.WorkloadTokens;
import io.platform.build.BuildLifecycle;
import io.platform.build.ReportCheck;
import io.platform.build.ReportCheck.Mismatch;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Stores;
import io.platform.failure.FailureMessages;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildReport;
import io.platform.slug.StepTimes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code POST /api/v1/builds/{id}/report}: a builder says how its build ended. */
public final class BuildReportRoute {
  /** Where it is, for the job that tells the builder. */
  public static final String PATH = "/api/v1/builds/{id}/report";

  private final Stores stores;
  private final BuildLifecycle lifecycle;
  private final WorkloadTokens tokens;
  private final ReportCheck check;
  private final Consumer<StepTimes> steps;

  /**
   * Takes reports about these builds.
   *
   * @param steps gets what each first report says of the builder's steps
   */
  public BuildReportRoute(
      Stores stores,
      BuildLifecycle lifecycle,
      WorkloadTokens tokens,
      ReportCheck check,
      Consumer<StepTimes> steps) {
    this.stores = stores;
    this.lifecycle = lifecycle;
    this.tokens = tokens;
    this.check = check;
    this.steps = steps;
  }

  /** Adds the route. */
  public void register(JavalinConfig config) {
    config.routes.post(PATH, this::report);
  }

  private void report(Context ctx) throws IOException {
    Build build = authorized(ctx);
    BuildReport report = parse(ctx);
    Build now = build.status().ended() ? build : end(build, report);
    if (!tellsTheSame(now, report)) {
      throw late(now);
    }
    Json.answer(
        ctx, 200, now.release().map(vN -> Map.of("release", vN.toString())).orElse(Map.of()));
  }

  private Build end(Build build, BuildReport report) throws IOException {
    Builds.Ended ended = lifecycle.end(build.id(), checked(build, report));
    if (ended.first()) {
      steps.accept(report.steps());
    }
    return ended.build();
  }

  private Build authorized(Context ctx) {
    Optional<BuildId> granted =
        tokens
            .build(Optional.ofNullable(ctx.header("Authorization")))
            .map(WorkloadTokens.BuildGrant::build);
    if (granted.isEmpty()) {
      throw new Problem(401, "This needs the token that the builder was launched with.")
          .header("WWW-Authenticate", "Bearer realm=\"platform builder\"");
    }
    BuildId id = new BuildId(ctx.pathParam("id"));
    return granted
        .filter(id::equals)
        .flatMap(stores.builds()::find)
        .orElseThrow(() -> Problem.notFound("There is no build %s for this token.".formatted(id)));
  }

  private static BuildReport parse(Context ctx) throws IOException {
    byte[] body = Bodies.read(ctx, BuildReport.MAX_BYTES);
    try {
      return BuildReport.parse(body);
    } catch (BadFormatException e) {
      throw new Problem(400, "This is no build report: %s.".formatted(e.getMessage()));
    }
  }

  private BuildEnd checked(Build build, BuildReport report) throws IOException {
    App app =
        stores
            .apps()
            .find(build.app())
            .filter(a -> a.status() == App.Status.ACTIVE)
            .orElseThrow(() -> new Problem(410, "The app of this build was destroyed."));
    if (build.status() == Build.Status.RECEIVING) {
      throw new Problem(409, "This build was not launched yet.");
    }
    try {
      return check.check(app, build.id(), report);
    } catch (Mismatch e) {
      throw new Problem(422, FailureMessages.of(e.mismatch()));
    }
  }

  private static boolean tellsTheSame(Build build, BuildReport report) {
    return switch (report) {
      case BuildReport.Succeeded succeeded -> build.status() == Build.Status.SUCCEEDED;
      case BuildReport.Failed failed ->
          build.status() == Build.Status.FAILED
              && build.exitCode().equals(Optional.of(failed.exitCode()));
    };
  }

  private static Problem late(Build build) {
    return new Problem(
            410,
            "Build %s ended before this report came: it is %s."
                .formatted(build.id(), build.status().word()))
        .with("build_status", build.status().word());
  }
}
