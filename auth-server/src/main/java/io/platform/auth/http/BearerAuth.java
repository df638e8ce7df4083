package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.token.TokenPermissions;
import io.platform.auth.token.TokenSubject;
import io.platform.auth.token.Tokens.Live;
import io.platform.commons.http.Problem;
import java.util.Optional;

/** Authenticates a request by its bearer token (RFC 6750). */
final class BearerAuth {

  private static final String BEARER = "bearer ";

  private final AuthServices services;

  BearerAuth(AuthServices services) {
    this.services = services;
  }

  TokenSubject.User user(Context context) {
    String header = context.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw ApiProblems.unauthorized(
          "", "You are not logged in; run platform login, or send a token as Bearer.");
    }
    String url =
        services
            .issuer()
            .url()
            .orElseThrow(() -> new Problem(503, "The server is starting; try again in a moment."));
    Optional<Live> live = services.tokens().live(url, header.substring(BEARER.length()).strip());
    Live token =
        live.orElseThrow(() ->
            ApiProblems.unauthorized(
                ", error=\"invalid_token\"",
                "Your login has expired or was ended, or the token is not of this server; run platform login."));
    if (!TokenPermissions.mayActForAccount(token.claims())) {
      throw ApiProblems.insufficientScope(
          TokenPermissions.PLATFORM_SCOPE,
          "The token does not have the scope that this needs; run platform login for one that has.");
    }
    return token.user();
  }

  Account account(Context context) {
    return user(context).account();
  }

  Account administrator(Context context) {
    TokenSubject.User user = user(context);
    if (!TokenPermissions.mayManageAccounts(user)) {
      throw new Problem(403, "Only administrators see and make accounts; ask one of them.");
    }
    return user.account();
  }
}
