package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.token.TokenClaims;
import io.platform.auth.token.Tokens.Live;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells the platform's servers what a token is good for at this moment (RFC 7662). */
final class IntrospectionEndpoint {

  private final AuthServices services;
  private final ClientAuth clientAuth;

  IntrospectionEndpoint(AuthServices services) {
    this.services = services;
    this.clientAuth = new ClientAuth(services.clients());
  }

  void handle(Context context) throws OAuthError {
    clientAuth.robot(context);
    String token = Form.of(context).required("token");
    Optional<Live> live = services.tokens().live(services.url(), token);
    Json.answer(
        context, 200, live.map(IntrospectionEndpoint::active).orElse(Map.of("active", false)));
  }

  private static Map<String, Object> active(Live live) {
    TokenClaims claims = live.claims();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("active", true);
    answer.put("sub", claims.subject());
    answer.put("username", live.user().account().email().value());
    answer.put("customer", live.user().account().customer());
    answer.put("scope", claims.scope());
    answer.put("client_id", claims.client());
    answer.put("exp", claims.expiresAt().getEpochSecond());
    answer.put("iat", claims.issuedAt().getEpochSecond());
    answer.put("jti", claims.id());
    answer.put("aud", claims.audience());
    answer.put("iss", claims.issuer());
    answer.put("namespace", live.user().account().namespace().value());
    answer.put("namespaces", NamespaceView.of(live.memberships()));
    return answer;
  }
}
