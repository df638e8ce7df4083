package io.platform.auth.http;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import io.javalin.http.Context;
import io.platform.auth.token.TokenPermissions;
import io.platform.auth.token.TokenSubject;
import io.platform.auth.token.Tokens.Issued;
import io.platform.commons.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues tokens for credentials (RFC 6749, 3.2).
 *
 * <p>Grant and scope are read by Nimbus one by one: a whole TokenRequest needs Nimbus' HTTP
 * request, which loads the JDK's trusted certificates and so costs the first login 0.2 s.
 */
final class TokenEndpoint {

  private static final Logger log = LoggerFactory.getLogger(TokenEndpoint.class);

  private final AuthServices services;
  private final ClientAuth clientAuth;
  private final ClientAddress address;
  private final List<GrantHandler> grants;

  TokenEndpoint(AuthServices services, ClientAddress address) {
    this.services = services;
    this.clientAuth = new ClientAuth(services.clients());
    this.address = address;
    this.grants = List.of(new PasswordGrantHandler(services.logins()));
  }

  List<GrantType> grantTypes() {
    return grants.stream().map(GrantHandler::type).toList();
  }

  void handle(Context context) throws OAuthError, IOException {
    String url = services.url();
    Form form = Form.of(context);
    String client = clientAuth.any(context, form);
    GrantHandler handler = handler(form.required("grant_type"));
    if (!TokenPermissions.mayLogPeopleIn(client)) {
      throw OAuthError.badRequest("unauthorized_client", "This client may not log people in.");
    }
    String scope = scope(form);
    TokenSubject.User user = handler.authenticate(grant(form, handler.type()), address.of(context));
    Issued issued = services.tokens().issue(url, user, client, scope);
    log.info("account {} logged in, token {}", user.subject(), issued.claims().id());
    Json.answer(context, 200, answer(issued).toJSONObject());
  }

  private GrantHandler handler(String grantType) throws OAuthError {
    return grants.stream()
        .filter(grant -> grant.type().getValue().equals(grantType))
        .findFirst()
        .orElseThrow(() ->
            OAuthError.badRequest(
                "unsupported_grant_type", "The grant types are " + grantTypes() + "."));
  }

  private static AuthorizationGrant grant(Form form, GrantType type) throws OAuthError {
    Set<String> names = new HashSet<>(type.getRequestParameterNames());
    names.add("grant_type");
    try {
      return AuthorizationGrant.parse(form.parameters(names));
    } catch (ParseException e) {
      throw OAuthError.of(e);
    }
  }

  private static String scope(Form form) throws OAuthError {
    List<String> asked =
        form.optional("scope").map(text -> Scope.parse(text).toStringList()).orElse(List.of());
    return TokenPermissions.scope(asked)
        .orElseThrow(() ->
            OAuthError.badRequest(
                "invalid_scope", "The only scope is " + TokenPermissions.PLATFORM_SCOPE + "."));
  }

  private static AccessTokenResponse answer(Issued issued) {
    Duration lifetime = Duration.between(issued.claims().issuedAt(), issued.claims().expiresAt());
    Scope scope = Scope.parse(issued.claims().scope());
    return new AccessTokenResponse(
        new Tokens(new BearerAccessToken(issued.text(), lifetime.toSeconds(), scope), null));
  }
}
