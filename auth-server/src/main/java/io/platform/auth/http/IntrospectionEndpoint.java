package io.platform.auth.http;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.token.TokenClaims;
import io.platform.auth.token.Tokens.Live;
import io.platform.commons.http.Json;
import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the platform's servers whether a token is active and what it allows (RFC 7662). */
final class IntrospectionEndpoint {

  /** The members of an answer, in the order in which people read them. */
  private static final List<String> MEMBERS =
      List.of(
          "active",
          "sub",
          "username",
          "customer",
          "scope",
          "client_id",
          "exp",
          "iat",
          "jti",
          "aud",
          "iss",
          "namespace",
          "namespaces");

  private final AuthServices services;
  private final ClientAuth clientAuth;

  IntrospectionEndpoint(AuthServices services) {
    this.services = services;
    this.clientAuth = new ClientAuth(services.clients());
  }

  void handle(Context context) throws OAuthError, IOException {
    clientAuth.robot(context);
    String token = Form.of(context).required("token");
    var answer =
        services
            .tokens()
            .live(services.url(), token)
            .map(IntrospectionEndpoint::active)
            .orElseGet(() -> new TokenIntrospectionSuccessResponse.Builder(false).build());
    Json.answer(context, 200, ordered(answer));
  }

  private static TokenIntrospectionSuccessResponse active(Live live) {
    TokenClaims claims = live.claims();
    Account account = live.user().account();
    return new TokenIntrospectionSuccessResponse.Builder(true)
        .subject(new Subject(claims.subject()))
        .username(account.email().value())
        .parameter("customer", account.customer())
        .scope(Scope.parse(claims.scope()))
        .clientID(new ClientID(claims.client()))
        .expirationTime(Date.from(claims.expiresAt()))
        .issueTime(Date.from(claims.issuedAt()))
        .jwtID(new JWTID(claims.id()))
        .parameter("aud", claims.audience()) // one, as in the token
        .issuer(new Issuer(claims.issuer()))
        .parameter("namespace", account.namespace().value())
        .parameter("namespaces", NamespaceView.of(live.memberships()))
        .build();
  }

  private static Map<String, Object> ordered(TokenIntrospectionSuccessResponse response) {
    Map<String, Object> answer = new LinkedHashMap<>();
    Map<String, Object> members = response.toJSONObject();
    for (String name : MEMBERS) {
      if (members.containsKey(name)) {
        answer.put(name, members.get(name));
      }
    }
    return answer;
  }
}
