package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.WorkloadTokens;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Problem;
import io.platform.commons.http.header.ReprDigest;
import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Stores;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * RouteGroup for runners, valid as long as the release is wanted: the URL of the slug, and the
 * report that it could not be fetched.
 */
final class RunnerRoutes implements RouteGroup {
  static final String SLUG = "/api/v1/releases/{id}/slug";
  static final String PROBLEM = SLUG + "/problem";

  private static final int MAX_BYTES = 4096;

  private final Duration urlValidity;
  private final Stores stores;
  private final ObjectStore objects;
  private final WorkloadTokens tokens;

  RunnerRoutes(Duration urlValidity, Stores stores, ObjectStore objects, WorkloadTokens tokens) {
    this.urlValidity = urlValidity;
    this.stores = stores;
    this.objects = objects;
    this.tokens = tokens;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(SLUG, this::slug);
    routes.post(PROBLEM, this::problem);
  }

  private void slug(Context ctx) throws IOException {
    StoredObject slug = slug(wanted(ctx));
    ctx.header("Cache-Control", "no-store");
    ctx.header(ReprDigest.FIELD, ReprDigest.ofHex(slug.sha256().hex()));
    ctx.header("Location", objects.signGet(slug.key(), urlValidity));
    ctx.status(307);
  }

  private static StoredObject slug(Release release) {
    if (release.removed()) {
      throw new Problem(410, "The slug of this release was removed.");
    }
    return switch (release.artifact()) {
      case Artifact.Slug(StoredObject object) -> object;
      case Artifact.Image image ->
          throw Problem.notFound("This release has no slug: it runs a container image.");
    };
  }

  private void problem(Context ctx) throws IOException {
    ReleaseId release = wanted(ctx).id();
    stores.releases().setSlugProblem(release, problem(Bodies.read(ctx, MAX_BYTES)));
    ctx.status(204);
  }

  /** A runner of an earlier version sends a text in place of the code. */
  private static Optional<SlugProblem> problem(byte[] body) {
    try {
      JsonObject json = JsonObject.parse(body);
      return json.has("code")
          ? Optional.of(SlugProblemJson.read(json))
          : json.optionalString("message")
              .filter(message -> !message.isBlank())
              .map(SlugProblem.Told::new);
    } catch (BadFormatException e) {
      throw new Problem(400, "The body is a JSON object with a code: " + e.getMessage());
    }
  }

  private Release wanted(Context ctx) {
    ReleaseId granted =
        tokens
            .release(Optional.ofNullable(ctx.header("Authorization")))
            .orElseThrow(() ->
                new Problem(401, "This needs the token that the runner was launched with.")
                    .header("WWW-Authenticate", "Bearer realm=\"platform runner\""));
    ReleaseId id = new ReleaseId(ctx.pathParam("id"));
    Release release =
        Optional.of(id)
            .filter(granted::equals)
            .flatMap(stores.releases()::find)
            .orElseThrow(
                () -> Problem.notFound("There is no release %s for this token.".formatted(id)));
    Optional<App> app =
        stores.apps().find(release.app()).filter(a -> a.status() == App.Status.ACTIVE);
    Optional<?> version = Optional.of(release.version());
    if (app.isEmpty()
        || !(app.get().desired().equals(version) || app.get().live().equals(version))) {
      throw new Problem(410, "Release %s is not wanted any more.".formatted(release.version()));
    }
    return release;
  }
}
