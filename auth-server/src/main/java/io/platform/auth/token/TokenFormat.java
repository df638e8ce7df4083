package io.platform.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes tokens: JWTs as in RFC 9068, signed with ES256 only. */
final class TokenFormat {

  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final int LONGEST = 4096;

  private final SigningKeys keys;
  private final JWTProcessor<SecurityContext> processor;

  TokenFormat(SigningKeys keys) {
    this.keys = keys;
    this.processor = processor(keys);
  }

  /** Leaves the claims to {@link Tokens}, which has the clock and the issuer. */
  private static JWTProcessor<SecurityContext> processor(SigningKeys keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, (selector, context) -> named(selector, keys)));
    processor.setJWTClaimsSetVerifier(null);
    return processor;
  }

  /** The key that a token names; one that names none is signed by no key. */
  private static List<JWK> named(JWKSelector selector, SigningKeys keys) {
    Set<String> kids = selector.getMatcher().getKeyIDs();
    return kids == null ? List.of() : selector.select(keys.published());
  }

  String sign(TokenClaims claims) {
    ECKey key = keys.signer();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.getKeyID()).build();
    JWTClaimsSet set =
        new JWTClaimsSet.Builder()
            .issuer(claims.issuer())
            .subject(claims.subject())
            .audience(claims.audience())
            .issueTime(Date.from(claims.issuedAt()))
            .notBeforeTime(Date.from(claims.issuedAt()))
            .expirationTime(Date.from(claims.expiresAt()))
            .jwtID(claims.id())
            .claim("customer", claims.customer())
            .claim("scope", claims.scope())
            .claim("client_id", claims.client())
            .claim("gen", claims.generation())
            .build();
    try {
      SignedJWT token = new SignedJWT(header, set);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key " + key.getKeyID() + " does not sign", e);
    }
  }

  /**
   * The claims of a token that one of the keys signed; empty for anything else. Issuer, audience
   * and times are for the caller to check.
   */
  Optional<TokenClaims> verify(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(claims(processor.process(SignedJWT.parse(text), null)));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static TokenClaims claims(JWTClaimsSet set) throws ParseException {
    List<String> audience = set.getAudience();
    return new TokenClaims(
        present(set.getIssuer()),
        present(set.getSubject()),
        audience.size() == 1 ? audience.getFirst() : "",
        present(set.getStringClaim("customer")),
        present(set.getStringClaim("scope")),
        present(set.getStringClaim("client_id")),
        present(set.getIntegerClaim("gen")),
        present(set.getJWTID()),
        instant(set.getIssueTime()),
        instant(set.getExpirationTime()));
  }

  private static Instant instant(@Nullable Date date) throws ParseException {
    return present(date).toInstant();
  }

  private static <T> T present(@Nullable T claim) throws ParseException {
    if (claim == null) {
      throw new ParseException("a claim is missing", 0);
    }
    return claim;
  }
}
