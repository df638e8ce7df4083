package io.platform.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/**
 * Checks a user's token without a request to the auth server: its form (RFC 9068), its signature
 * and its claims.
 */
final class UserTokens {
  static final String AUDIENCE = "platform";
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType LONG_TYPE = new JOSEObjectType("application/at+jwt");
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int MAX_LENGTH = 16 * 1024;
  private static final String LOGIN = " Run 'platform login', and try again.";

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final InstantSource clock;

  UserTokens(String issuer, IssuerKeys keys, InstantSource clock) {
    this.clock = clock;
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE, LONG_TYPE));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
    processor.setJWTClaimsSetVerifier(
        new ClaimsVerifier(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.EXPIRATION_TIME),
            SKEW,
            clock));
  }

  /** The result of a check. */
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
    try {
      return check(SignedJWT.parse(token));
    } catch (ParseException e) {
      return bad("The password is not a token of this platform.");
    }
  }

  private Check check(SignedJWT jwt) throws AuthServerUnavailable, ParseException {
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    try {
      return new Check.Good(processor.process(jwt, null).getSubject());
    } catch (ExpiredJWTException e) {
      return bad("Your login has expired.");
    } catch (BadJWTException e) {
      return bad(
          isEarly(claims)
              ? "The token is not valid yet: the platform's clock was set back, or differs from its"
                  + " auth server's."
              : "The token is not for this platform.");
    } catch (KeySourceException e) {
      throw new AuthServerUnavailable(String.valueOf(e.getMessage()), e);
    } catch (BadJOSEException | JOSEException e) {
      return bad("The token is not from this platform's auth server.");
    }
  }

  private boolean isEarly(JWTClaimsSet claims) {
    Date notBefore = claims.getNotBeforeTime();
    return notBefore != null && !notBefore.toInstant().isBefore(clock.instant().plus(SKEW));
  }
}
