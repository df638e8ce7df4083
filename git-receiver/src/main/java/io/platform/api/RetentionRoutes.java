package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetentionLimits;
import io.platform.http.Json;
import io.platform.http.Problem;
import io.platform.retention.Removal;
import io.platform.retention.Removals;
import io.platform.retention.Retention;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes of an app's stored objects: shown before, or done now. */
final class RetentionRoutes {
  static final String RETENTION = AppRoutes.APP + "/retention";

  private static final Logger LOG = LoggerFactory.getLogger(RetentionRoutes.class);
  private static final int MAX_LIMIT = 100_000;

  private final Retention retention;
  private final UserAuthorizer authorizer;

  RetentionRoutes(Retention retention, UserAuthorizer authorizer) {
    this.retention = retention;
    this.authorizer = authorizer;
  }

  void register(RoutesConfig routes) {
    routes.get(RETENTION, this::plan);
    routes.post(RETENTION, this::run);
  }

  /** What goes, or went. */
  record View(
      boolean dryRun,
      Limits keep,
      List<ObjectView> objects,
      long bytes,
      List<String> builds,
      List<String> releases) {}

  /** How much is kept. */
  record Limits(int builds, int releases) {}

  /** One object. */
  record ObjectView(String build, String kind, long size, Instant storedAt, String reason) {}

  private void plan(Context ctx) {
    App app = authorizer.app(ctx, Role.VIEWER);
    RetentionLimits usual = retention.limits();
    RetentionLimits limits =
        new RetentionLimits(
            (int) QueryParameters.number(ctx, "builds", usual.builds(), 1, MAX_LIMIT),
            (int)
                QueryParameters.number(
                    ctx, "releases", usual.releases(), RetentionLimits.LEAST_RELEASES, MAX_LIMIT));
    try {
      Json.answer(ctx, 200, view(true, limits, retention.plan(app, limits)));
    } catch (IOException e) {
      throw unavailable(app, e);
    }
  }

  private void run(Context ctx) {
    Principal user = authorizer.user(ctx);
    App app = authorizer.app(ctx, user, Role.OWNER);
    try {
      Removals removals = retention.run(app);
      LOG.info(
          "{} removed {} objects of {} that are not kept",
          user.email(),
          removals.objects().size(),
          app.path());
      Json.answer(ctx, 200, view(false, retention.limits(), removals));
    } catch (IOException e) {
      throw unavailable(app, e);
    }
  }

  private static Problem unavailable(App app, IOException cause) {
    LOG.warn("what is stored for {} could not be looked through", app.path(), cause);
    return new Problem(
            503,
            "What is stored for %s could not be looked through: the object store does not do what it should. Try again; if this keeps failing, contact your administrator, who finds the cause in the server's log."
                .formatted(app.path()))
        .header("Retry-After", "30");
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
