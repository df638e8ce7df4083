package io.platform.auth.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.javalin.http.Context;
import io.platform.auth.account.Account;
import io.platform.auth.account.Logins;
import io.platform.auth.token.Clients;
import io.platform.auth.token.Tokens.Issued;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tokens for what proves who someone is (RFC 6749, 3.2); each grant type is an entry of the
 * table.
 */
final class TokenEndpoint {

  /** The only scope: all that the account may do. */
  static final String SCOPE = "platform";

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
    Account account(Context context, Form form) throws OAuthError;
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
    if (!client.equals(Clients.COMMAND_LINE)) {
      throw OAuthError.badRequest("unauthorized_client", "This client may not log people in.");
    }
    requireKnownScope(form);
    Account account = grant.account(context, form);
    Issued issued = services.tokens().issue(url, account, client, SCOPE);
    log.info("account {} logged in, token {}", account.id(), issued.claims().id());
    long seconds =
        Duration.between(issued.claims().issuedAt(), issued.claims().expiresAt()).toSeconds();
    Json.answer(context, 200, new Answer(issued.text(), "Bearer", seconds, SCOPE));
  }

  private static void requireKnownScope(Form form) throws OAuthError {
    String asked = form.optional("scope").orElse(SCOPE);
    if (!Arrays.stream(asked.split(" ", -1)).allMatch(SCOPE::equals)) {
      throw OAuthError.badRequest("invalid_scope", "The only scope is " + SCOPE + ".");
    }
  }

  private Account password(Context context, Form form) throws OAuthError {
    String from = address.of(context);
    return switch (services
        .logins()
        .attempt(form.required("username"), form.required("password"), from)) {
      case Logins.Accepted accepted -> accepted.account();
      case Logins.Refused() -> {
        log.info("a login from {} was refused", from);
        throw OAuthError.badRequest(
            "invalid_grant", "The e-mail address or the password is wrong.");
      }
      case Logins.Throttled(Duration remaining) -> throw OAuthError.slowDown(remaining);
    };
  }
}
