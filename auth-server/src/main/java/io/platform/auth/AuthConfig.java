package io.platform.auth;

import static java.util.Objects.requireNonNull;

import io.platform.auth.account.PasswordConfig;
import io.platform.auth.account.ThrottleConfig;
import io.platform.auth.token.TokenConfig;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.http.SlowRequestLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of the auth server, one record a concern.
 *
 * @param issuer the public base URL, without a path; empty when it is known only after the port is
 *     bound, and then given by {@link AuthServer#issuer(URI)}
 * @param forwardedFor whether a proxy that is trusted stands in front, so that the last {@code
 *     X-Forwarded-For} entry is the client's address
 * @param requests how slowly clients may send theirs
 */
public record AuthConfig(
    Optional<URI> issuer,
    DatabaseConfig database,
    TokenConfig tokens,
    PasswordConfig passwords,
    ThrottleConfig throttle,
    boolean forwardedFor,
    SlowRequestLimits requests) {

  public AuthConfig {
    requireNonNull(issuer, "issuer is null");
    requireNonNull(database, "database is null");
    requireNonNull(tokens, "tokens is null");
    requireNonNull(passwords, "passwords is null");
    requireNonNull(throttle, "throttle is null");
    requireNonNull(requests, "requests is null");
  }

  /** Everything at its default, in the file {@code auth.db} of the directory. */
  public static AuthConfig in(Path directory) {
    return new AuthConfig(
        Optional.empty(),
        DatabaseConfig.file(directory.resolve("auth.db")),
        TokenConfig.defaults(),
        PasswordConfig.defaults(),
        ThrottleConfig.defaults(),
        false,
        SlowRequestLimits.defaults());
  }

  public AuthConfig withIssuer(URI url) {
    return new AuthConfig(
        Optional.of(url), database, tokens, passwords, throttle, forwardedFor, requests);
  }

  public AuthConfig withDatabase(DatabaseConfig other) {
    return new AuthConfig(issuer, other, tokens, passwords, throttle, forwardedFor, requests);
  }

  public AuthConfig withTokens(TokenConfig other) {
    return new AuthConfig(issuer, database, other, passwords, throttle, forwardedFor, requests);
  }

  public AuthConfig withPasswords(PasswordConfig other) {
    return new AuthConfig(issuer, database, tokens, other, throttle, forwardedFor, requests);
  }

  public AuthConfig withThrottle(ThrottleConfig other) {
    return new AuthConfig(issuer, database, tokens, passwords, other, forwardedFor, requests);
  }

  public AuthConfig withRequests(SlowRequestLimits other) {
    return new AuthConfig(issuer, database, tokens, passwords, throttle, forwardedFor, other);
  }
}
