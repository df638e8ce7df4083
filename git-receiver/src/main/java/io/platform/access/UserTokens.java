package io.platform.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/**
 * Checks what can be checked of a user's token without asking: its form (RFC 9068), its signature
 * and its claims.
 */
final class UserTokens {
  static final String AUDIENCE = "platform";
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int MAX_LENGTH = 16 * 1024;
  private static final String LOGIN = " Run 'platform login', and try again.";

  private final String issuer;
  private final IssuerKeys keys;
  private final InstantSource clock;

  UserTokens(String issuer, IssuerKeys keys, InstantSource clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  /** What came of a check. */
  sealed interface Check {
    /** Signed by the auth server, for us, and of this time. */
    record Good(String subject) implements Check {}

    /** Not so; a sentence for the user. */
    record Bad(String sentence) implements Check {}
  }

  static Check.Bad bad(String why) {
    return new Check.Bad(why + LOGIN);
  }

  Check check(String token) throws AuthServerUnavailable {
    if (token.length() > MAX_LENGTH) {
      return bad("The password is not a token of this platform.");
    }
    SignedJWT jwt;
    JWTClaimsSet claims;
    try {
      jwt = SignedJWT.parse(token);
      claims = jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      return bad("The password is not a token of this platform.");
    }
    return signed(jwt) ? claims(claims) : bad("The token is not from this platform's auth server.");
  }

  private boolean signed(SignedJWT jwt) throws AuthServerUnavailable {
    JWSHeader header = jwt.getHeader();
    String type = header.getType() == null ? "" : header.getType().getType();
    boolean accessToken =
        type.equalsIgnoreCase("at+jwt") || type.equalsIgnoreCase("application/at+jwt");
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
        || !accessToken
        || header.getKeyID() == null) {
      return false;
    }
    Optional<ECKey> key = keys.find(header.getKeyID());
    try {
      return key.isPresent() && jwt.verify(new ECDSAVerifier(key.get()));
    } catch (JOSEException e) {
      return false;
    }
  }

  private Check claims(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    if (subject == null
        || !issuer.equals(claims.getIssuer())
        || !claims.getAudience().contains(AUDIENCE)
        || claims.getExpirationTime() == null) {
      return bad("The token is not for this platform.");
    }
    Instant now = clock.instant();
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.toInstant().isAfter(now.plus(SKEW))) {
      return bad(
          "The token is not valid yet: the platform's clock was set back, or differs from its auth"
              + " server's.");
    }
    if (!claims.getExpirationTime().toInstant().isAfter(now.minus(SKEW))) {
      return bad("Your login has expired.");
    }
    return new Check.Good(subject);
  }
}
