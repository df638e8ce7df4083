package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetentionLimits;
import io.platform.retention.Removal;
import io.platform.retention.Removals;
import io.platform.service.RetentionService;
import java.time.Instant;
import java.util.List;

/** RouteGroup that preview and run the removal of an app's old objects. */
final class RetentionRoutes implements RouteGroup {
  static final String RETENTION = AppParameter.APP + "/retention";

  private static final int MAX_LIMIT = 100_000;

  private final UserAuthentication users;
  private final RetentionService retention;

  RetentionRoutes(UserAuthentication users, RetentionService retention) {
    this.users = users;
    this.retention = retention;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(RETENTION, this::plan);
    routes.post(RETENTION, this::run);
  }

  /** The objects, builds and releases that a removal covers. */
  record View(
      boolean dryRun,
      Limits keep,
      List<ObjectView> objects,
      long bytes,
      List<String> builds,
      List<String> releases) {}

  /** The numbers of builds and releases that are kept. */
  record Limits(int builds, int releases) {}

  /** One object. */
  record ObjectView(String build, String kind, long size, Instant storedAt, String reason) {}

  private void plan(Context ctx) {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    RetentionLimits usual = retention.limits();
    RetentionLimits limits =
        new RetentionLimits(
            (int) QueryParameters.number(ctx, "builds", usual.builds(), 1, MAX_LIMIT),
            (int)
                QueryParameters.number(
                    ctx, "releases", usual.releases(), RetentionLimits.LEAST_RELEASES, MAX_LIMIT));
    Json.answer(ctx, 200, view(true, limits, retention.plan(user, path, limits)));
  }

  private void run(Context ctx) {
    Principal user = users.user(ctx);
    Removals removals = retention.run(user, AppParameter.of(ctx));
    Json.answer(ctx, 200, view(false, retention.limits(), removals));
  }

  private static View view(boolean dryRun, RetentionLimits limits, Removals removals) {
    return new View(
        dryRun,
        new Limits(limits.builds(), limits.releases()),
        removals.objects().stream().map(RetentionRoutes::view).toList(),
        removals.bytes(),
        removals.builds().stream().map(BuildId::value).toList(),
        removals.releases().stream().map(ReleaseVersion::toString).toList());
  }

  private static ObjectView view(Removal removal) {
    return new ObjectView(
        removal.build(), removal.kind(), removal.size(), removal.stored(), removal.reason().word());
  }
}
