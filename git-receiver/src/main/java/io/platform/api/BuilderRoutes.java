package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.BuildId;
import io.platform.service.BuilderAccess;
import io.platform.service.BuilderService;
import io.platform.service.BuilderUpload;
import io.platform.slug.BadFormatException;
import io.platform.slug.Blob;
import io.platform.slug.JsonObject;
import io.platform.storage.SignedUpload;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Routes for builders: the job, URLs of source and cache, and URLs to upload the slug and the next
 * cache.
 */
final class BuilderRoutes implements RouteGroup {
  static final String BUILD = "/api/v1/builds/{id}";
  static final String REPORT = BUILD + "/report";

  private static final int MAX_BYTES = 4096;

  private final URI reportsUrl;
  private final BuilderAccess access;
  private final BuilderService builders;

  /** Builders report below this URL. */
  BuilderRoutes(URI reportsUrl, BuilderAccess access, BuilderService builders) {
    this.reportsUrl = reportsUrl;
    this.access = access;
    this.builders = builders;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(BUILD + "/job", this::job);
    routes.get(BUILD + "/source", ctx -> redirect(ctx, builders.sourceUrl(builder(access, ctx))));
    routes.get(BUILD + "/cache", ctx -> redirect(ctx, builders.cacheUrl(builder(access, ctx))));
    routes.post(BUILD + "/slug", ctx -> upload(ctx, BuilderUpload.SLUG));
    routes.post(BUILD + "/cache", ctx -> upload(ctx, BuilderUpload.CACHE));
  }

  /** The builder that asks. */
  static BuilderAccess.Builder builder(BuilderAccess access, Context ctx) {
    return access.builder(
        Optional.ofNullable(ctx.header("Authorization")), new BuildId(ctx.pathParam("id")));
  }

  private void job(Context ctx) {
    BuilderAccess.Builder builder = builder(access, ctx);
    URI report = URI.create(reportsUrl + REPORT.replace("{id}", builder.build().id().value()));
    ctx.header("Cache-Control", "no-store");
    ctx.status(200).contentType("application/json").result(builders.job(builder, report).toBytes());
  }

  private static void redirect(Context ctx, String url) {
    ctx.header("Cache-Control", "no-store");
    ctx.header("Location", url);
    ctx.status(307);
  }

  private void upload(Context ctx, BuilderUpload what) throws IOException {
    BuilderAccess.Builder builder = builder(access, ctx);
    SignedUpload upload = builders.upload(builder, what, announced(Bodies.read(ctx, MAX_BYTES)));
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
}
