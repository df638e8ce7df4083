package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Source;
import io.platform.domain.StoredObject;
import io.platform.domain.WebRule;
import io.platform.domain.port.Stores;
import io.platform.slug.BadFormatException;
import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.slug.JsonObject;
import io.platform.storage.ObjectStore;
import io.platform.storage.SignedUpload;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * RouteGroup for builders: the job, URLs of source and cache, and URLs to upload the slug and the
 * next cache.
 */
final class BuilderRoutes implements RouteGroup {
  static final String BUILD = "/api/v1/builds/{id}";

  private static final int MAX_BYTES = 4096;

  private final ApiConfig config;
  private final Stores stores;
  private final ObjectStore objects;
  private final ObjectKeys keys;
  private final BuilderAuthorizer authorizer;

  BuilderRoutes(
      ApiConfig config,
      Stores stores,
      ObjectStore objects,
      ObjectKeys keys,
      BuilderAuthorizer authorizer) {
    this.config = config;
    this.stores = stores;
    this.objects = objects;
    this.keys = keys;
    this.authorizer = authorizer;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(BUILD + "/job", this::job);
    routes.get(BUILD + "/source", this::source);
    routes.get(BUILD + "/cache", this::cache);
    routes.post(BUILD + "/slug", this::uploadSlug);
    routes.post(BUILD + "/cache", this::uploadCache);
  }

  private void job(Context ctx) {
    BuilderAuthorizer.Builder builder = authorizer.builder(ctx);
    BuildId id = builder.build().id();
    BuildJob job =
        new BuildJob(
            id.value(),
            builder.app().path().name(),
            builder.app().path().namespace(),
            builder.build().origin().commitId(),
            ApiConfig.STACK,
            blob(stored(builder)),
            stores.builds().cache(builder.app().id()).map(BuilderRoutes::blob),
            builder.build().deadline().orElseThrow(() -> notAccepted(builder)),
            URI.create(
                config.addresses().reportsUrl() + BUILD.replace("{id}", id.value()) + "/report"),
            config.workloads().builds(),
            WebRule.keepsWeb(builder.build().origin(), stores.releases().live(builder.app())));
    ctx.header("Cache-Control", "no-store");
    ctx.status(200).contentType("application/json").result(job.toBytes());
  }

  private void source(Context ctx) throws IOException {
    redirect(ctx, stored(authorizer.builder(ctx)));
  }

  private void cache(Context ctx) throws IOException {
    BuilderAuthorizer.Builder builder = authorizer.builder(ctx);
    Optional<StoredObject> cache = stores.builds().cache(builder.app().id());
    redirect(
        ctx,
        cache.orElseThrow(
            () -> Problem.notFound("There is no cache yet: this app was never built.")));
  }

  private void redirect(Context ctx, StoredObject object) throws IOException {
    ctx.header("Cache-Control", "no-store");
    ctx.header("Location", objects.signGet(object.key(), config.workloads().urlValidity()));
    ctx.status(307);
  }

  private void uploadSlug(Context ctx) throws IOException {
    BuilderAuthorizer.Builder builder = authorizer.builder(ctx);
    upload(ctx, "slug", keys.slug(builder.app(), builder.build().id()));
  }

  private void uploadCache(Context ctx) throws IOException {
    BuilderAuthorizer.Builder builder = authorizer.builder(ctx);
    upload(ctx, "cache", keys.cache(builder.app(), builder.build().id()));
  }

  private void upload(Context ctx, String what, String key) throws IOException {
    Blob blob = announced(Bodies.read(ctx, MAX_BYTES));
    if (blob.size() > config.workloads().builds().slugBytes()) {
      throw new Problem(
          413,
          "A %s of %d bytes is too large: it may take %d."
              .formatted(what, blob.size(), config.workloads().builds().slugBytes()));
    }
    SignedUpload upload =
        objects.signPut(key, blob.size(), blob.sha256(), config.workloads().urlValidity());
    ctx.header("Cache-Control", "no-store");
    Json.answer(
        ctx,
        200,
        Map.of("method", upload.method(), "url", upload.url(), "headers", upload.headers()));
  }

  private static Blob announced(byte[] body) {
    try {
      return Blob.from(JsonObject.parse(body));
    } catch (BadFormatException e) {
      throw new Problem(
          400,
          "The body is no {\"size\": bytes, \"sha256\": \"64 hexadecimal digits\"}: %s."
              .formatted(e.getMessage()));
    }
  }

  private static StoredObject stored(BuilderAuthorizer.Builder builder) {
    return builder.build().source().map(Source::object).orElseThrow(() -> notAccepted(builder));
  }

  private static Problem notAccepted(BuilderAuthorizer.Builder builder) {
    return Problem.notFound("Build %s is not accepted yet.".formatted(builder.build().id()));
  }

  private static Blob blob(StoredObject object) {
    return new Blob(object.size(), object.sha256().hex());
  }
}
