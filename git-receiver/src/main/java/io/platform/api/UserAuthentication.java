package io.platform.api;

import io.javalin.http.Context;
import io.platform.access.Authentication;
import io.platform.access.Authenticator;
import io.platform.access.Principal;
import io.platform.commons.http.Problem;
import java.net.URI;
import java.util.Optional;

/** Identifies the user who sent a request. */
final class UserAuthentication {
  private final Authenticator authenticator;
  private final String challenge;

  UserAuthentication(Authenticator authenticator, URI base) {
    this.authenticator = authenticator;
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

  private Problem unauthorized(String sentence) {
    return new Problem(401, sentence).header("WWW-Authenticate", challenge);
  }
}
