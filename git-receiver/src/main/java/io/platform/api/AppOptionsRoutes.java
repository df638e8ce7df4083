package io.platform.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.RolloutOptions;
import io.platform.service.AppOptionsService;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RouteGroup for what an app's developers chose about how it runs. */
final class AppOptionsRoutes implements RouteGroup {
  static final String FEATURES = AppParameter.APP + "/features";
  static final String ROLLOUT = AppParameter.APP + "/rollout";

  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final AppOptionsService options;

  AppOptionsRoutes(UserAuthentication users, AppOptionsService options) {
    this.users = users;
    this.options = options;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(FEATURES, this::features);
    routes.put(FEATURES + "/{feature}", this::setFeature);
    routes.get(ROLLOUT, this::rollout);
    routes.patch(ROLLOUT, this::changeRollout);
  }

  /** A feature, and whether the app has it. */
  record FeatureView(String name, boolean enabled, String description) {}

  /** The roll-out options of an app; null is the platform's own. */
  record RolloutView(
      @Nullable String maxSurge, @Nullable String maxUnavailable, @Nullable Long stopGraceSeconds) {
    static RolloutView of(RolloutOptions rollout) {
      return new RolloutView(
          rollout.maxSurge().map(Object::toString).orElse(null),
          rollout.maxUnavailable().map(Object::toString).orElse(null),
          rollout.stopGrace().map(Duration::toSeconds).orElse(null));
    }
  }

  private void features(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, features(options.show(user, AppParameter.of(ctx))));
  }

  private static List<FeatureView> features(AppOptions chosen) {
    return Arrays.stream(AppFeature.values())
        .map(feature -> new FeatureView(feature.word(), chosen.has(feature), feature.description()))
        .toList();
  }

  /** The body of a request that sets a feature. */
  record FeatureBody(@Nullable Boolean enabled) {}

  private void setFeature(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    Boolean enabled = Json.body(ctx, FeatureBody.class, MAX_BYTES).enabled();
    if (enabled == null) {
      throw new Problem(422, "Say whether the app has the feature: send {\"enabled\": true}.");
    }
    Json.answer(
        ctx, 200, features(options.setFeature(user, path, ctx.pathParam("feature"), enabled)));
  }

  private void rollout(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, RolloutView.of(options.show(user, AppParameter.of(ctx)).rollout()));
  }

  private void changeRollout(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    RolloutBody body = RolloutBody.read(Json.body(ctx, ObjectNode.class, MAX_BYTES));
    AppOptions changed = options.changeRollout(user, path, body.changes(), body.malformed());
    Json.answer(ctx, 200, RolloutView.of(changed.rollout()));
  }
}
