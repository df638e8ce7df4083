package io.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.InstallationSecrets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class JwtWorkloadTokensTest {
  private static final BuildId BUILD = new BuildId("0123456789abc");
  private static final ReleaseId RELEASE = new ReleaseId("cba9876543210");

  private final Map<String, String> kept = new ConcurrentHashMap<>();
  private final InstallationSecrets secrets =
      (name, first) -> kept.computeIfAbsent(name, n -> first.get());
  private Instant now = Instant.now();
  private final WorkloadTokens tokens = JwtWorkloadTokens.open(secrets, () -> now);

  private static Optional<String> bearer(String token) {
    return Optional.of("Bearer " + token);
  }

  @Test
  void aBuildersTokenIsGoodForItsBuild() {
    String token = tokens.forBuild(BUILD, now.plusSeconds(900));
    WorkloadTokens.BuildGrant grant = tokens.build(bearer(token)).orElseThrow();
    assertThat(grant.build()).isEqualTo(BUILD);
    assertThat(tokens.release(bearer(token))).isEmpty();
    String second = tokens.forBuild(BUILD, now.plusSeconds(900));
    assertThat(tokens.build(bearer(second)).orElseThrow().tokenId()).isNotEqualTo(grant.tokenId());
  }

  @Test
  void aBuildersTokenExpires() {
    String token = tokens.forBuild(BUILD, now.plusSeconds(900));
    now = now.plusSeconds(901);
    assertThat(tokens.build(bearer(token))).isEmpty();
  }

  @Test
  void aRunnersTokenIsGoodForItsReleaseAndDoesNotExpire() {
    String token = tokens.forRelease(RELEASE);
    now = now.plusSeconds(10L * 365 * 86400);
    assertThat(tokens.release(bearer(token))).contains(RELEASE);
    assertThat(tokens.build(bearer(token))).isEmpty();
  }

  @Test
  void outlivesARestart() {
    String token = tokens.forRelease(RELEASE);
    assertThat(JwtWorkloadTokens.open(secrets, () -> now).release(bearer(token))).contains(RELEASE);
    InstallationSecrets other = (name, first) -> first.get();
    assertThat(JwtWorkloadTokens.open(other, () -> now).release(bearer(token))).isEmpty();
  }

  @Test
  void takesItAsBearerOnly() {
    String token = tokens.forRelease(RELEASE);
    String basic = Base64.getEncoder().encodeToString(("x:" + token).getBytes(UTF_8));
    assertThat(tokens.release(Optional.empty())).isEmpty();
    assertThat(tokens.release(Optional.of(token))).isEmpty();
    assertThat(tokens.release(Optional.of("Basic " + basic))).isEmpty();
    assertThat(tokens.release(Optional.of("Bearer "))).isEmpty();
    assertThat(tokens.release(bearer("x.y.z"))).isEmpty();
  }

  @Test
  void rejectsWhatTheInstallationDidNotSign() throws Exception {
    ECKey own = ECKey.parse(kept.get("work_token_key"));
    JOSEObjectType type = new JOSEObjectType("platform-work+jwt");
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder().subject("r").jwtID("j").claim("purpose", "release").build();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).build();

    SignedJWT good = new SignedJWT(header, claims);
    good.sign(new ECDSASigner(own));
    assertThat(tokens.release(bearer(good.serialize()))).contains(new ReleaseId("r"));

    SignedJWT forged = new SignedJWT(header, claims);
    forged.sign(new ECDSASigner(OauthServer.newKey("k")));
    SignedJWT hmac =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).build(), claims);
    hmac.sign(new MACSigner(own.toECPublicKey().getEncoded()));
    SignedJWT userToken =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).build(),
            claims);
    userToken.sign(new ECDSASigner(own));
    for (String bad :
        List.of(
            forged.serialize(),
            hmac.serialize(),
            userToken.serialize(),
            new PlainJWT(claims).serialize())) {
      assertThat(tokens.release(bearer(bad))).isEmpty();
    }
  }

  @Test
  void aBuildersTokenWithoutAnEndIsNone() throws Exception {
    ECKey own = ECKey.parse(kept.get("work_token_key"));
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("platform-work+jwt"))
            .build();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder().subject("b").jwtID("j").claim("purpose", "build");
    SignedJWT endless = new SignedJWT(header, claims.build());
    endless.sign(new ECDSASigner(own));
    assertThat(tokens.build(bearer(endless.serialize()))).isEmpty();
    SignedJWT ended =
        new SignedJWT(header, claims.expirationTime(Date.from(now.plusSeconds(60))).build());
    ended.sign(new ECDSASigner(own));
    assertThat(tokens.build(bearer(ended.serialize()))).isPresent();
  }
}
