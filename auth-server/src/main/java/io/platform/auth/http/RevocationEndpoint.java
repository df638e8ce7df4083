package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.token.TokenClaims;
import io.platform.auth.token.TokenPermissions;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a token for the client that it was issued to (RFC 7009): a logout. */
final class RevocationEndpoint {

  private static final Logger log = LoggerFactory.getLogger(RevocationEndpoint.class);

  private final AuthServices services;
  private final ClientAuth clientAuth;

  RevocationEndpoint(AuthServices services) {
    this.services = services;
    this.clientAuth = new ClientAuth(services.clients());
  }

  /** A token that is no good any more is as ended as one can be: 200. */
  void handle(Context context) throws OAuthError, IOException {
    Form form = Form.of(context);
    String client = clientAuth.any(context, form);
    Optional<TokenClaims> claims =
        services.tokens().verified(services.url(), form.required("token"));
    if (claims.isPresent()) {
      if (!TokenPermissions.mayRevoke(client, claims.get())) {
        throw OAuthError.badRequest(
            "unauthorized_client", "The token was issued to another client.");
      }
      services.tokens().revoke(claims.get());
      log.info("account {} logged out, token {}", claims.get().subject(), claims.get().id());
    }
    context.status(200);
  }
}
