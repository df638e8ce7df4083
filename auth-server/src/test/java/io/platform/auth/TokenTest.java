package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.token.TokenConfig;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class TokenTest {

  private final TestDatabase database;
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private RunningAuth server;
  private String token = "";

  TokenTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    server = RunningAuth.start(RunningAuth.config(database, directory), clock);
    token = server.adminToken();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsTheReceiverAllItNeeds() {
    Answer answer = server.introspect(token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly(
            "active",
            "sub",
            "username",
            "customer",
            "scope",
            "client_id",
            "exp",
            "iat",
            "jti",
            "aud",
            "iss",
            "namespace",
            "namespaces");
    assertThat(answer.text("username")).isEqualTo(RunningAuth.ADMIN);
    assertThat(answer.text("aud")).isEqualTo("platform");
    assertThat(answer.text("client_id")).isEqualTo("platform-cli");
    assertThat(answer.text("namespace")).isEqualTo("admin");
    assertThat(answer.json().at("/namespaces/0").toString())
        .isEqualTo(
            "{\"name\":\"admin\",\"customer\":\"%s\",\"role\":\"owner\"}"
                .formatted(answer.text("customer")));
  }

  @Test
  void tellsNobodyElseAnything() {
    Answer none = server.send(server.form("/oauth/introspect", "token", token));
    Answer wrong =
        server.send(
            server
                .form("/oauth/introspect", "token", token)
                .header("Authorization", RunningAuth.basic("git-receiver", "wrong")));
    Answer publicClient =
        server.send(server.form("/oauth/introspect", "token", token, "client_id", "platform-cli"));
    Answer bearer =
        server.send(
            server
                .form("/oauth/introspect", "token", token)
                .header("Authorization", "Bearer " + token));

    for (Answer answer : new Answer[] {none, wrong, publicClient, bearer}) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("error")).isEqualTo("invalid_client");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
    }
  }

  @Test
  void takesAClientSecretAsTheRfcEncodesIt() {
    server.auth.provisionClient("other", "a+b/c%41 0123456789abcdef0123456789");
    Answer answer =
        server.send(
            server
                .form("/oauth/introspect", "token", token)
                .header(
                    "Authorization",
                    RunningAuth.basic("other", "a%2Bb%2Fc%2541+0123456789abcdef0123456789")));

    assertThat(answer.json().path("active").asBoolean()).isTrue();
  }

  @Test
  void verifiesByThePublishedKeysAlone() throws Exception {
    Answer answer = server.send(server.to("/oauth/jwks"));
    SignedJWT parsed = SignedJWT.parse(token);

    ECKey key =
        JWKSet.parse(answer.response().body())
            .getKeyByKeyId(parsed.getHeader().getKeyID())
            .toECKey();

    assertThat(key.isPrivate()).isFalse();
    assertThat(answer.response().body()).doesNotContain("\"d\"");
    assertThat(parsed.verify(new ECDSAVerifier(key))).isTrue();
  }

  @Test
  void isInactiveWhenSignedByAnotherKey() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).generate();
    assertThat(server.isActive(signed(UnaryOperator.identity(), other, kid()))).isFalse();
    assertThat(server.isActive(signed(UnaryOperator.identity(), other, "unknown"))).isFalse();
  }

  @Test
  void isInactiveWithoutASignature() throws Exception {
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(server.isActive(new PlainJWT(claims).serialize())).isFalse();
    assertThat(server.isActive(token.substring(0, token.lastIndexOf('.') + 1))).isFalse();
  }

  @Test
  void isInactiveWhenThePublicKeyServesAsASharedSecret() throws Exception {
    byte[] publicKey =
        JWKSet.parse(server.send(server.to("/oauth/jwks")).response().body())
            .getKeys()
            .getFirst()
            .toECKey()
            .toECPublicKey()
            .getEncoded();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(kid())
            .build();

    assertThat(
            server.isActive(
                sign(header, SignedJWT.parse(token).getJWTClaimsSet(), new MACSigner(publicKey))))
        .isFalse();
  }

  @Test
  void isInactiveForAnotherIssuerAudienceTypeOrTime() throws Exception {
    ECKey real = realKey();
    assertThat(server.isActive(signed(UnaryOperator.identity(), real, kid()))).isTrue();
    assertThat(server.isActive(signed(c -> c.issuer("http://evil.example"), real, kid())))
        .isFalse();
    assertThat(server.isActive(signed(c -> c.audience("other"), real, kid()))).isFalse();
    assertThat(server.isActive(signed(c -> c.subject("nobody"), real, kid()))).isFalse();
    Date tomorrow = Date.from(clock.instant().plus(Duration.ofDays(1)));
    assertThat(server.isActive(signed(c -> c.issueTime(tomorrow), real, kid()))).isFalse();
    JWSHeader identity = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid()).build();
    assertThat(
            server.isActive(
                sign(identity, SignedJWT.parse(token).getJWTClaimsSet(), new ECDSASigner(real))))
        .isFalse();
  }

  @Test
  void isInactiveWhenItNamesNoKey() throws Exception {
    assertThat(server.isActive(signed(UnaryOperator.identity(), realKey(), null))).isFalse();
  }

  @Test
  void isNoUseForTheAccountsApiWithoutTheScope() throws Exception {
    String narrow = signed(c -> c.claim("scope", "other platform-x"), realKey(), kid());
    String wide = signed(c -> c.claim("scope", "other platform"), realKey(), kid());

    Answer refused = server.get("/auth/v1/namespaces", narrow);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"platform\", error=\"insufficient_scope\", scope=\"platform\"");
    assertThat(refused.text("detail")).contains("scope").contains("platform login");
    assertThat(server.get("/auth/v1/accounts", narrow).status()).isEqualTo(403);
    assertThat(server.get("/auth/v1/accounts", wide).status()).isEqualTo(200);
  }

  @Test
  void answersExactlyInactiveForGarbage() {
    for (String garbage : new String[] {"x", "a.b.c", "..", "eyJ.eyJ.", "x".repeat(9000)}) {
      assertThat(server.introspect(garbage).response().body()).isEqualTo("{\"active\":false}");
    }
  }

  @Test
  void endsAfterThirtyDays() {
    clock.advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(server.isActive(token)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(server.isActive(token)).isFalse();
  }

  @Test
  void endsAtLogout() {
    String other = server.adminToken();

    assertThat(logout(token).status()).isEqualTo(200);

    assertThat(server.isActive(token)).isFalse();
    assertThat(server.isActive(other)).isTrue();
    assertThat(server.get("/auth/v1/namespaces", token).status()).isEqualTo(401);
    assertThat(logout(token).status()).isEqualTo(200);
    assertThat(logout("garbage").status()).isEqualTo(200);
  }

  @Test
  void isNotEndedByAnotherClient() {
    Answer answer =
        server.send(
            server
                .form("/oauth/revoke", "token", token)
                .header("Authorization", RunningAuth.basic("git-receiver", RunningAuth.SECRET)));

    assertThat(answer.text("error")).isEqualTo("unauthorized_client");
    assertThat(server.send(server.form("/oauth/revoke", "token", token)).text("error"))
        .isEqualTo("invalid_request");
    assertThat(server.isActive(token)).isTrue();
  }

  @Test
  void isForgottenAsRevokedOnceItHasExpired() {
    logout(token);
    clock.advance(Duration.ofDays(31));
    logout(server.adminToken());

    long rows =
        database
            .rows(directory)
            .withHandle(
                h -> h.createQuery("select count(*) from revoked_token").mapTo(Long.class).one());

    assertThat(rows).isEqualTo(1);
  }

  @Test
  void endsWithTheOldPassword() throws AccountRefused {
    server.auth.resetPassword("Admin@localhost", "another good password");

    assertThat(server.isActive(token)).isFalse();
    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(400);
    assertThat(server.isActive(server.tokenOf(RunningAuth.ADMIN, "another good password")))
        .isTrue();
  }

  @Test
  void staysGoodAcrossAKeyRotation() throws Exception {
    server.auth.rotateKeys();
    String newer = server.adminToken();

    assertThat(SignedJWT.parse(newer).getHeader().getKeyID()).isNotEqualTo(kid());
    assertThat(keysPublished()).isEqualTo(2);
    assertThat(server.isActive(token)).isTrue();
    assertThat(server.isActive(newer)).isTrue();
  }

  @Test
  void losesItsKeyWhenTheLastTokenOfItHasExpired() {
    server.auth.rotateKeys();
    clock.advance(Duration.ofDays(31));

    assertThat(keysPublished()).isEqualTo(1);
  }

  @Test
  void isSignedByANewKeyWhenTheOldOneIsOfAge() throws Exception {
    String before = kid();
    clock.advance(Duration.ofDays(91));

    assertThat(SignedJWT.parse(server.adminToken()).getHeader().getKeyID()).isNotEqualTo(before);
  }

  @Test
  void livesAsLongAsIsSet() throws AccountRefused {
    server.close();
    TokenConfig brief = new TokenConfig(Duration.ofMinutes(5), Duration.ofDays(90));
    server = RunningAuth.start(RunningAuth.config(database, directory).withTokens(brief), clock);

    Answer answer = server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD);

    assertThat(answer.json().path("expires_in").asLong()).isEqualTo(300);
  }

  private Answer logout(String ended) {
    return server.send(server.form("/oauth/revoke", "token", ended, "client_id", "platform-cli"));
  }

  private int keysPublished() {
    return server.send(server.to("/oauth/jwks")).json().path("keys").size();
  }

  private String kid() throws ParseException {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private ECKey realKey() throws ParseException {
    String jwk =
        database
            .rows(directory)
            .withHandle(h ->
                h.createQuery("select private_jwk from signing_key").mapTo(String.class).one());
    return ECKey.parse(jwk);
  }

  private String signed(UnaryOperator<JWTClaimsSet.Builder> change, ECKey key, @Nullable String kid)
      throws ParseException, JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(kid)
            .build();
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    return sign(
        header, change.apply(new JWTClaimsSet.Builder(claims)).build(), new ECDSASigner(key));
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
