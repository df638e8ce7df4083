package io.platform.auth.http;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import io.platform.auth.account.Logins;
import io.platform.auth.token.TokenSubject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A person's e-mail address and password (RFC 6749, 4.3). */
final class PasswordGrantHandler implements GrantHandler {

  private static final Logger log = LoggerFactory.getLogger(PasswordGrantHandler.class);

  private final Logins logins;

  PasswordGrantHandler(Logins logins) {
    this.logins = logins;
  }

  @Override
  public GrantType type() {
    return GrantType.PASSWORD;
  }

  @Override
  public TokenSubject.User authenticate(AuthorizationGrant grant, String address)
      throws OAuthError {
    var credentials = (ResourceOwnerPasswordCredentialsGrant) grant;
    return switch (logins.attempt(
        credentials.getUsername(), credentials.getPassword().getValue(), address)) {
      case Logins.Accepted(var account) -> new TokenSubject.User(account);
      case Logins.Refused() -> {
        log.info("a login from {} was refused", address);
        throw OAuthError.badRequest(
            "invalid_grant", "The e-mail address or the password is wrong.");
      }
      case Logins.Throttled(Duration remaining) -> throw OAuthError.slowDown(remaining);
    };
  }
}
