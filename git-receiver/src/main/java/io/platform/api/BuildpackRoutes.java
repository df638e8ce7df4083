package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.service.BuildpackService;
import io.platform.slug.BuildpackReference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The buildpacks that an app's developers chose: shown, set, added and removed. */
final class BuildpackRoutes implements RouteGroup {
  static final String BUILDPACKS = AppParameter.APP + "/buildpacks";

  private static final int MAX_BYTES = 128 * 1024;

  private final UserAuthentication users;
  private final BuildpackService buildpacks;

  BuildpackRoutes(UserAuthentication users, BuildpackService buildpacks) {
    this.users = users;
    this.buildpacks = buildpacks;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(BUILDPACKS, this::list);
    routes.put(BUILDPACKS, this::set);
    routes.post(BUILDPACKS, this::add);
    routes.post(BUILDPACKS + "/remove", this::remove);
  }

  /** The buildpacks of an app, in the order in which they run. */
  record BuildpacksView(List<String> buildpacks) {
    static BuildpacksView of(List<BuildpackReference> references) {
      return new BuildpacksView(references.stream().map(Object::toString).toList());
    }
  }

  /** The body of a request that sets all. */
  record AllBuildpacks(@Nullable List<@Nullable String> buildpacks) {}

  /** The body of a request that adds one. */
  record NewBuildpack(@Nullable String buildpack, @Nullable Integer index) {}

  /** The body of a request that removes one. */
  record NamedBuildpack(@Nullable String buildpack) {}

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, BuildpacksView.of(buildpacks.list(user, AppParameter.of(ctx))));
  }

  private void set(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    List<@Nullable String> names =
        Optional.ofNullable(Json.body(ctx, AllBuildpacks.class, MAX_BYTES).buildpacks())
            .orElseThrow(() -> missing("buildpacks"));
    List<String> given = names.stream().map(name -> member(name, "buildpack")).toList();
    Json.answer(ctx, 200, BuildpacksView.of(buildpacks.set(user, path, given)));
  }

  private void add(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    NewBuildpack added = Json.body(ctx, NewBuildpack.class, MAX_BYTES);
    String name = member(added.buildpack(), "buildpack");
    Json.answer(
        ctx,
        200,
        BuildpacksView.of(buildpacks.add(user, path, name, Optional.ofNullable(added.index()))));
  }

  private void remove(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    String name = member(Json.body(ctx, NamedBuildpack.class, MAX_BYTES).buildpack(), "buildpack");
    Json.answer(ctx, 200, BuildpacksView.of(buildpacks.remove(user, path, name)));
  }

  private static String member(@Nullable String value, String name) {
    return Optional.ofNullable(value).orElseThrow(() -> missing(name));
  }

  private static Problem missing(String name) {
    return new Problem(422, "The request's body has no %s.".formatted(name));
  }
}
