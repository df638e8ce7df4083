package io.platform.access;

import io.platform.slug.SteadyClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens as a resource server does: form, signature and claims locally, then by a request to
 * the auth server each time, so that a logout or a changed role takes effect at once.
 */
public final class TokenAuthenticator implements Authenticator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TokenAuthenticator.class);
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final AuthServerClient client;
  private final UserTokens tokens;

  private TokenAuthenticator(AuthServerClient client, UserTokens tokens) {
    this.client = client;
    this.tokens = tokens;
  }

  /** Checks with this auth server, which need not be up yet. */
  public static TokenAuthenticator of(AuthServerConfig config) {
    return of(config, LIMIT, InstantSource.system(), SteadyClock.system());
  }

  static TokenAuthenticator of(AuthServerConfig config, Duration limit, InstantSource clock) {
    return of(config, limit, clock, clock);
  }

  private static TokenAuthenticator of(
      AuthServerConfig config, Duration limit, InstantSource clock, InstantSource steady) {
    AuthServerClient client = new AuthServerClient(config, limit);
    String issuer = config.issuer().toString();
    return new TokenAuthenticator(
        client, new UserTokens(issuer, new IssuerKeys(client, steady), clock));
  }

  @Override
  public Authentication authenticate(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return new Authentication.Missing();
    }
    Optional<String> token = Credentials.token(authorization.get());
    if (token.isEmpty()) {
      return rejected(UserTokens.bad("The request holds no token: give it as the password."));
    }
    try {
      return authenticate(token.get());
    } catch (AuthServerUnavailable e) {
      LOG.warn("The auth server cannot be asked about a token: {}.", e.getMessage());
      return new Authentication.Unavailable(
          "The token cannot be checked, because the auth server does not answer. Your login is"
              + " kept: try again in a minute.");
    }
  }

  private Authentication authenticate(String token) throws AuthServerUnavailable {
    return switch (tokens.check(token)) {
      case UserTokens.Check.Bad bad -> rejected(bad);
      case UserTokens.Check.Good good ->
          Introspection.read(client.introspect(token), good.subject())
              .<Authentication>map(Authentication.Accepted::new)
              .orElseGet(() -> rejected(UserTokens.bad("Your login has ended.")));
    };
  }

  private static Authentication.Rejected rejected(UserTokens.Check.Bad bad) {
    return new Authentication.Rejected(bad.sentence());
  }

  @Override
  public void close() {
    client.close();
  }
}
