package io.platform.auth.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.javalin.http.Context;
import io.platform.auth.account.Logins;
import io.platform.auth.token.Permissions;
import io.platform.auth.token.Principal;
import io.platform.auth.token.Tokens.Issued;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tokens for what proves who someone is (RFC 6749, 3.2); each grant type is an entry of the
 * table.
 */
final class TokenEndpoint {

  private static final Logger log = LoggerFactory.getLogger(TokenEndpoint.class);

  private final AuthServices services;
  private final ClientAuth clientAuth;
  private final ClientAddress address;
  private final Map<String, Grant> grants = Map.of("password", this::password);

  TokenEndpoint(AuthServices services, ClientAddress address) {
    this.services = services;
    this.clientAuth = new ClientAuth(services.clients());
    this.address = address;
  }

  @FunctionalInterface
  private interface Grant {
    Principal.User authenticate(Context context, Form form) throws OAuthError;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Answer(String accessToken, String tokenType, long expiresIn, String scope) {
    @Override
    public String toString() {
      return "Answer[" + scope + "]";
    }
  }

  void handle(Context context) throws OAuthError {
    String url = services.url();
    Form form = Form.of(context);
    String client = clientAuth.any(context, form);
    Grant grant = grants.get(form.required("grant_type"));
    if (grant == null) {
      throw OAuthError.badRequest(
          "unsupported_grant_type", "The grant types are " + grants.keySet() + ".");
    }
    if (!Permissions.mayLogPeopleIn(client)) {
      throw OAuthError.badRequest("unauthorized_client", "This client may not log people in.");
    }
    String scope = scope(form);
    Principal.User user = grant.authenticate(context, form);
    Issued issued = services.tokens().issue(url, user, client, scope);
    log.info("account {} logged in, token {}", user.subject(), issued.claims().id());
    long seconds =
        Duration.between(issued.claims().issuedAt(), issued.claims().expiresAt()).toSeconds();
    Json.answer(context, 200, new Answer(issued.text(), "Bearer", seconds, scope));
  }

  private static String scope(Form form) throws OAuthError {
    List<String> asked =
        form.optional("scope").map(it -> List.of(it.split(" ", -1))).orElse(List.of());
    return Permissions.scope(asked)
        .orElseThrow(() ->
            OAuthError.badRequest(
                "invalid_scope", "The only scope is " + Permissions.PLATFORM_SCOPE + "."));
  }

  private Principal.User password(Context context, Form form) throws OAuthError {
    String from = address.of(context);
    return switch (services
        .logins()
        .attempt(form.required("username"), form.required("password"), from)) {
      case Logins.Accepted(var account) -> new Principal.User(account);
      case Logins.Refused() -> {
        log.info("a login from {} was refused", from);
        throw OAuthError.badRequest(
            "invalid_grant", "The e-mail address or the password is wrong.");
      }
      case Logins.Throttled(Duration remaining) -> throw OAuthError.slowDown(remaining);
    };
  }
}
