package io.platform.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.InstallationSecrets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/**
 * Workload tokens as JWTs (ES256), signed with a key that the installation creates at its first
 * start.
 */
public final class JwtWorkloadTokens implements WorkloadTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("platform-work+jwt");
  private static final String PURPOSE = "purpose";
  private static final String BUILD = "build";
  private static final String RELEASE = "release";

  private final ECDSASigner signer;
  private final JWTProcessor<SecurityContext> buildTokens;
  private final JWTProcessor<SecurityContext> releaseTokens;
  private final InstantSource clock;

  private JwtWorkloadTokens(ECKey key, InstantSource clock) throws JOSEException {
    this.signer = new ECDSASigner(key);
    this.clock = clock;
    this.buildTokens =
        processor(
            key,
            BUILD,
            Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.JWT_ID, JWTClaimNames.EXPIRATION_TIME),
            clock);
    this.releaseTokens =
        processor(key, RELEASE, Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.JWT_ID), clock);
  }

  private static JWTProcessor<SecurityContext> processor(
      ECKey key, String purpose, Set<String> required, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
    processor.setJWTClaimsSetVerifier(
        new ClaimsVerifier(
            null,
            new JWTClaimsSet.Builder().claim(PURPOSE, purpose).build(),
            required,
            Duration.ZERO,
            clock));
    return processor;
  }

  /** Signs and checks with the installation's key. */
  public static JwtWorkloadTokens open(InstallationSecrets secrets, InstantSource clock) {
    try {
      return new JwtWorkloadTokens(
          ECKey.parse(secrets.keep("work_token_key", JwtWorkloadTokens::newKey)), clock);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(
          "The platform's own signing key in the database is damaged.", e);
    }
  }

  private static String newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate().toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has the curve P-256", e);
    }
  }

  @Override
  public String forBuild(BuildId build, Instant expires) {
    return sign(claims(BUILD, build.value()).expirationTime(Date.from(expires)));
  }

  @Override
  public String forRelease(ReleaseId release) {
    return sign(claims(RELEASE, release.value()));
  }

  private JWTClaimsSet.Builder claims(String purpose, String subject) {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .claim(PURPOSE, purpose)
        .subject(subject)
        .jwtID(Ids.next(now))
        .issueTime(Date.from(now));
  }

  private String sign(JWTClaimsSet.Builder claims) {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).build(), claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the platform's own key cannot sign", e);
    }
    return jwt.serialize();
  }

  @Override
  public Optional<BuildGrant> build(Optional<String> authorization) {
    return verified(buildTokens, authorization)
        .map(claims -> new BuildGrant(new BuildId(claims.getSubject()), claims.getJWTID()));
  }

  @Override
  public Optional<ReleaseId> release(Optional<String> authorization) {
    return verified(releaseTokens, authorization).map(claims -> new ReleaseId(claims.getSubject()));
  }

  private static Optional<JWTClaimsSet> verified(
      JWTProcessor<SecurityContext> processor, Optional<String> authorization) {
    return authorization
        .flatMap(Credentials::bearer)
        .flatMap(token -> verified(processor, token))
        .filter(claims -> !claims.getSubject().isEmpty());
  }

  private static Optional<JWTClaimsSet> verified(
      JWTProcessor<SecurityContext> processor, String token) {
    try {
      return Optional.of(processor.process(SignedJWT.parse(token), null));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }
}
