package io.platform.api;

import io.javalin.http.Context;
import io.platform.access.Authentication;
import io.platform.access.Authenticator;
import io.platform.access.Decision;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.http.Problem;
import java.net.URI;
import java.util.Optional;

/** Lets users in: who sends a request, and whether that user may do what it asks. */
final class UserAuthorizer {
  private final Authenticator authenticator;
  private final Permissions permissions;
  private final String challenge;

  UserAuthorizer(Authenticator authenticator, Permissions permissions, URI base) {
    this.authenticator = authenticator;
    this.permissions = permissions;
    this.challenge =
        "Bearer realm=\"platform\", resource_metadata=\"%s/.well-known/oauth-protected-resource\""
            .formatted(base);
  }

  /** Who sends the request. */
  Principal user(Context ctx) {
    return switch (authenticator.authenticate(Optional.ofNullable(ctx.header("Authorization")))) {
      case Authentication.Accepted(Principal principal) -> principal;
      case Authentication.Missing() ->
          throw unauthorized("You are not logged in: run `platform login`.");
      case Authentication.Rejected(String sentence) -> throw unauthorized(sentence);
      case Authentication.Unavailable(String sentence) ->
          throw new Problem(503, sentence).header("Retry-After", "5");
    };
  }

  /** The app that the path names, for a user who may do with it what the role allows. */
  App app(Context ctx, Role needed) {
    return app(ctx, user(ctx), needed);
  }

  App app(Context ctx, Principal user, Role needed) {
    String namespace = ctx.pathParam("namespace");
    String name = ctx.pathParam("app");
    AppPath path = AppPath.of(namespace, name).orElseThrow(() -> noApp(namespace, name));
    return switch (permissions.decide(user, path, needed)) {
      case Decision.Allowed(App app) -> app;
      case Decision.Hidden() -> throw noApp(namespace, name);
      case Decision.Denied(String sentence) -> throw new Problem(403, sentence);
    };
  }

  /** The answer where there is no such app, or the user may not see it. */
  static Problem noApp(AppPath path) {
    return noApp(path.namespace(), path.name());
  }

  private static Problem noApp(String namespace, String name) {
    return Problem.notFound(
        "There is no app %s/%s, or you may not see it: `platform apps` lists those that you see."
            .formatted(namespace, name));
  }

  private Problem unauthorized(String sentence) {
    return new Problem(401, sentence).header("WWW-Authenticate", challenge);
  }
}
