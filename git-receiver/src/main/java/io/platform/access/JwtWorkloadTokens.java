package io.platform.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.InstallationSecrets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/** Work tokens as JWTs (ES256) of a key that the installation makes at its first start. */
public final class JwtWorkloadTokens implements WorkloadTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("platform-work+jwt");
  private static final String PURPOSE = "purpose";
  private static final String BUILD = "build";
  private static final String RELEASE = "release";

  private final ECDSASigner signer;
  private final ECDSAVerifier verifier;
  private final InstantSource clock;

  private JwtWorkloadTokens(ECKey key, InstantSource clock) throws JOSEException {
    this.signer = new ECDSASigner(key);
    this.verifier = new ECDSAVerifier(key.toPublicJWK());
    this.clock = clock;
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
    return verified(authorization, BUILD)
        .filter(claims -> claims.getExpirationTime() != null)
        .map(claims -> new BuildGrant(new BuildId(claims.getSubject()), claims.getJWTID()));
  }

  @Override
  public Optional<ReleaseId> release(Optional<String> authorization) {
    return verified(authorization, RELEASE).map(claims -> new ReleaseId(claims.getSubject()));
  }

  private Optional<JWTClaimsSet> verified(Optional<String> authorization, String purpose) {
    return authorization
        .flatMap(Credentials::bearer)
        .flatMap(this::verified)
        .filter(claims -> purpose.equals(claims.getClaim(PURPOSE)));
  }

  private Optional<JWTClaimsSet> verified(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      boolean good =
          JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
              && TYPE.equals(jwt.getHeader().getType())
              && jwt.verify(verifier);
      return good ? Optional.of(jwt.getJWTClaimsSet()).filter(this::whole) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private boolean whole(JWTClaimsSet claims) {
    Date expires = claims.getExpirationTime();
    return claims.getSubject() != null
        && !claims.getSubject().isEmpty()
        && claims.getJWTID() != null
        && (expires == null || expires.toInstant().isAfter(clock.instant()));
  }
}
