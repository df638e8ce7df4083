package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.commons.http.Problem;
import io.platform.commons.http.Problems;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.ReportMismatch;
import io.platform.failure.FailureMessages;
import io.platform.service.BuilderUpload;
import io.platform.service.WorkloadRefused;
import io.platform.service.WorkloadRefused.Refusal;
import java.util.Locale;

/** Answers builders and runners that the services refuse. */
final class RefusedWorkloads {
  private RefusedWorkloads() {}

  static void register(RoutesConfig routes) {
    routes.exception(WorkloadRefused.class, (e, ctx) -> Problems.answer(ctx, problem(e.refusal())));
  }

  private static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NoBuilderToken() -> noToken("builder");
      case Refusal.NoRunnerToken() -> noToken("runner");
      case Refusal.NoSuchBuild(BuildId id) ->
          Problem.notFound("There is no build %s for this token.".formatted(id));
      case Refusal.BuildOver(Build build) ->
          new Problem(
                  410, "Build %s is over: it is %s.".formatted(build.id(), build.status().word()))
              .with("build_status", build.status().word());
      case Refusal.NotAccepted(BuildId id) ->
          Problem.notFound("Build %s is not accepted yet.".formatted(id));
      case Refusal.NotLaunched() -> new Problem(409, "This build was not launched yet.");
      case Refusal.AppDestroyed() -> new Problem(410, "The app of this build was destroyed.");
      case Refusal.ReportWrong(ReportMismatch mismatch) ->
          new Problem(422, FailureMessages.of(mismatch));
      case Refusal.ReportLate(Build build) ->
          new Problem(
                  410,
                  "Build %s ended before this report came: it is %s."
                      .formatted(build.id(), build.status().word()))
              .with("build_status", build.status().word());
      case Refusal.NoCache() ->
          Problem.notFound("There is no cache yet: this app was never built.");
      case Refusal.TooLarge(BuilderUpload what, long size, long limit) ->
          new Problem(
              413,
              "A %s of %d bytes is too large: it may take %d."
                  .formatted(what.name().toLowerCase(Locale.ROOT), size, limit));
      case Refusal.WrongOffset(long offset, long next) ->
          new Problem(409, "This writer's next offset is %d, not %d.".formatted(next, offset))
              .with("offset", next);
      case Refusal.NoSuchRelease(ReleaseId id) ->
          Problem.notFound("There is no release %s for this token.".formatted(id));
      case Refusal.NotWanted(ReleaseVersion version) ->
          new Problem(410, "Release %s is not wanted any more.".formatted(version));
      case Refusal.SlugRemoved() -> new Problem(410, "The slug of this release was removed.");
      case Refusal.NoSlug() ->
          Problem.notFound("This release has no slug: it runs a container image.");
    };
  }

  private static Problem noToken(String workload) {
    return new Problem(
            401, "This needs the token that the %s was launched with.".formatted(workload))
        .header("WWW-Authenticate", "Bearer realm=\"platform %s\"".formatted(workload));
  }
}
