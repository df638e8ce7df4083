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
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenAuthenticatorTest {
  private Instant now = Instant.now();
  private OauthServer server;
  private TokenAuthenticator authenticator;

  @BeforeEach
  void start() throws Exception {
    server = new OauthServer();
    authenticator = authenticator(server.config());
  }

  private TokenAuthenticator authenticator(AuthServerConfig config) {
    return TokenAuthenticator.of(config, Duration.ofSeconds(2), () -> now);
  }

  @AfterEach
  void stop() {
    authenticator.close();
    server.close();
  }

  private Authentication bearer(String token) {
    return authenticator.authenticate(Optional.of("Bearer " + token));
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private void rejects(String token, String sentence) {
    assertThat(bearer(token))
        .isInstanceOfSatisfying(
            Authentication.Rejected.class,
            rejected ->
                assertThat(rejected.sentence())
                    .contains(sentence)
                    .contains("Run 'platform login'"));
  }

  @Test
  void acceptsATokenAndKnowsItsUser() throws Exception {
    Principal user =
        new Principal.User(
            "account-1",
            "ada@example.com",
            "ada",
            List.of(
                new Principal.Membership("ada", "c1", Role.OWNER),
                new Principal.Membership("acme", "c2", Role.DEVELOPER)));
    assertThat(bearer(server.token())).isEqualTo(new Authentication.Accepted(user));
    for (String name : List.of("", "git", "ada@example.com", "ümlaut")) {
      assertThat(authenticator.authenticate(Optional.of(basic(name, server.token()))))
          .isEqualTo(new Authentication.Accepted(user));
    }
  }

  @Test
  void knowsAProgramByATokenWhoseSubjectIsItsClient() throws Exception {
    server.answer =
        """
        {"active":true,"sub":"account-1","client_id":"account-1","namespaces":[
         {"name":"acme","customer":"c2","role":"developer"}]}
        """;
    Principal robot =
        new Principal.Robot(
            "account-1", List.of(new Principal.Membership("acme", "c2", Role.DEVELOPER)));
    assertThat(bearer(server.token())).isEqualTo(new Authentication.Accepted(robot));
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    assertThat(authenticator.authenticate(Optional.empty()))
        .isInstanceOf(Authentication.Missing.class);
    for (String header :
        List.of("", "Bearer", "Bearer ", "Basic", "Basic %%%", "Digest x", basic("ada", ""))) {
      assertThat(authenticator.authenticate(Optional.of(header)))
          .as(header)
          .isInstanceOf(Authentication.Rejected.class);
    }
    assertThat(server.keyRequests.get() + server.introspections.get()).isZero();
  }

  @Test
  void rejectsWhatIsNoToken() {
    rejects("hunter2", "not a token");
    rejects("a.b.c", "not a token");
    rejects("x".repeat(20_000), "not a token");
  }

  @Test
  void rejectsAForgedToken() throws Exception {
    ECKey forger = OauthServer.newKey("k1");
    rejects(
        OauthServer.sign(forger, "at+jwt", server.claims().build()), "not from this platform's");
    String good = server.token();
    String[] parts = good.split("\\.", -1);
    String owner =
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
            .replace("account-1", "account-2");
    String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(owner.getBytes(UTF_8));
    rejects(parts[0] + "." + changed + "." + parts[2], "not from this platform's");
    assertThat(server.introspections.get()).isZero();
  }

  @Test
  void rejectsATokenWithoutSignature() throws Exception {
    rejects(new PlainJWT(server.claims().build()).serialize(), "not a token");
    String unsigned = server.token().replaceAll("[^.]*$", "");
    assertThat(bearer(unsigned)).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void rejectsThePublicKeyAsAnHmacSecret() throws Exception {
    ECKey key = server.keys.getFirst();
    for (byte[] secret :
        List.of(
            key.toECPublicKey().getEncoded(), key.toPublicJWK().toJSONString().getBytes(UTF_8))) {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256)
                  .type(new JOSEObjectType("at+jwt"))
                  .keyID("k1")
                  .build(),
              server.claims().build());
      jwt.sign(new MACSigner(secret));
      rejects(jwt.serialize(), "not from this platform's");
    }
  }

  @Test
  void rejectsOtherIssuersAudiencesAndKindsOfTokens() throws Exception {
    ECKey key = server.keys.getFirst();
    JWTClaimsSet claims = server.claims().build();
    rejects(OauthServer.sign(key, "JWT", claims), "not from this platform's");
    for (JWTClaimsSet.Builder wrong :
        List.of(
            server.claims().issuer("https://elsewhere.example.com"),
            server.claims().audience("another"),
            server.claims().audience(List.of()),
            server.claims().subject(null),
            server.claims().expirationTime(null))) {
      rejects(OauthServer.sign(key, "at+jwt", wrong.build()), "not for this platform");
    }
    try (OauthServer foreign = new OauthServer()) {
      rejects(foreign.token(), "not from this platform's");
    }
    assertThat(server.introspections.get()).isZero();
  }

  @Test
  void rejectsATokenOutOfItsTime() throws Exception {
    String token = server.token();
    now = now.plusSeconds(3600 + 29);
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    now = now.plusSeconds(3);
    rejects(token, "login has expired");
    now = now.minusSeconds(3700);
    rejects(token, "not valid yet");
    String late =
        OauthServer.sign(
            server.keys.getFirst(),
            "at+jwt",
            server.claims().notBeforeTime(Date.from(now.plusSeconds(25))).build());
    assertThat(bearer(late)).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void aLogoutActsAtOnce() throws Exception {
    String token = server.token();
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    server.revoked.add(token);
    rejects(token, "login has ended");
  }

  @Test
  void aChangedRoleActsAtOnce() throws Exception {
    String token = server.token();
    assertThat(role(bearer(token))).contains(Role.DEVELOPER);
    server.role = "viewer";
    assertThat(role(bearer(token))).contains(Role.VIEWER);
    server.role = "astronaut";
    assertThat(role(bearer(token))).isEmpty();
  }

  private static Optional<Role> role(Authentication authentication) {
    return ((Authentication.Accepted) authentication)
        .principal()
        .in("acme")
        .map(Principal.Membership::role);
  }

  @Test
  void takesUpANewKey() throws Exception {
    assertThat(bearer(server.token())).isInstanceOf(Authentication.Accepted.class);
    ECKey second = OauthServer.newKey("k2");
    server.keys.add(second);
    String token = OauthServer.sign(second, "at+jwt", server.claims().build());
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    assertThat(server.keyRequests).hasValue(2);
  }

  @Test
  void madeUpKeyIdsDoNotKeepTheAuthServerBusy() throws Exception {
    for (int i = 0; i < 50; i++) {
      ECKey forger = OauthServer.newKey("made-up-" + i);
      rejects(
          OauthServer.sign(forger, "at+jwt", server.claims().build()), "not from this platform's");
    }
    assertThat(server.keyRequests).hasValue(1);
    assertThat(bearer(server.token())).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void keepsLoginsWhileTheAuthServerIsDown() throws Exception {
    server.down = true;
    String token = server.token();
    isUnavailable(bearer(token));
    server.down = false;
    now = now.plusSeconds(2);
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    server.down = true;
    isUnavailable(bearer(token));
    server.close();
    isUnavailable(bearer(token));
  }

  @Test
  void knownKeysStayInUseWhileTheyCannotBeFetched() throws Exception {
    String token = server.token();
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    server.keysAnswer = "<html>";
    now = now.plusSeconds(1200);
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    assertThat(server.keyRequests).hasValue(2);

    ECKey second = OauthServer.newKey("k2");
    server.keys.add(second);
    String newer = OauthServer.sign(second, "at+jwt", server.claims().build());
    isUnavailable(bearer(newer));
    server.keysAnswer = "";
    now = now.plusSeconds(6);
    assertThat(bearer(newer)).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void takesUpANewKeyAfterMadeUpKeyIds() throws Exception {
    for (int i = 0; i < 10; i++) {
      ECKey forger = OauthServer.newKey("made-up-" + i);
      rejects(
          OauthServer.sign(forger, "at+jwt", server.claims().build()), "not from this platform's");
    }
    ECKey second = OauthServer.newKey("k2");
    server.keys.add(second);
    now = now.plusSeconds(6);
    assertThat(bearer(OauthServer.sign(second, "at+jwt", server.claims().build())))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(server.keyRequests).hasValue(2);
  }

  @Test
  void rejectsATokenThatNamesNoKeyWithoutAskingForKeys() throws Exception {
    SignedJWT nameless =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).build(),
            server.claims().build());
    nameless.sign(new ECDSASigner(server.keys.getFirst()));
    rejects(nameless.serialize(), "not from this platform's");
    assertThat(server.keyRequests).hasValue(0);
  }

  @Test
  void aClaimThatIsNullIsMissing() throws Exception {
    for (String claim : List.of("sub", "exp", "iss", "aud")) {
      JWTClaimsSet.Builder claims = server.claims().serializeNullClaims(true);
      rejects(
          OauthServer.sign(server.keys.getFirst(), "at+jwt", claims.claim(claim, null).build()),
          "not for this platform");
    }
  }

  @Test
  void asksAnotherAuthServerWhereOneStops() throws Exception {
    server.toOneThatStops.set(2);
    assertThat(bearer(server.token())).isInstanceOf(Authentication.Accepted.class);
    server.toOneThatStops.set(3);
    assertThat(bearer(server.token())).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void asksAnotherAuthServerWhereOneIsGoneWithoutAWord() throws Exception {
    String token = server.token();
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    server.toOneThatIsGone.set(1);
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void waitsForASlowAuthServerNoLongerThanItsLimit() throws Exception {
    String token = server.token();
    assertThat(bearer(token)).isInstanceOf(Authentication.Accepted.class);
    server.hangs = true;
    isUnavailable(bearer(token));
  }

  @Test
  void doesNotTrustAnAnswerThatIsNone() throws Exception {
    for (String answer :
        List.of(
            "{}",
            "[]",
            "<html>",
            "{\"active\":\"true\"}",
            "{\"active\":true}",
            "{\"active\":true,\"sub\":\"account-2\",\"username\":\"eve\",\"namespace\":\"eve\"}",
            "{\"active\":true,\"sub\":\"account-1\"}")) {
      server.answer = answer;
      isUnavailable(bearer(server.token()));
    }
  }

  @Test
  void aWrongClientSecretIsNotTheUsersFault() throws Exception {
    try (TokenAuthenticator stranger =
        authenticator(new AuthServerConfig(server.issuer(), OauthServer.CLIENT, "wrong"))) {
      isUnavailable(stranger.authenticate(Optional.of("Bearer " + server.token())));
    }
  }

  @Test
  void showsNoSecretInText() {
    assertThat(server.config().toString()).doesNotContain(OauthServer.SECRET);
  }

  private static void isUnavailable(Authentication authentication) {
    assertThat(authentication)
        .isInstanceOfSatisfying(
            Authentication.Unavailable.class,
            unavailable -> assertThat(unavailable.sentence()).contains("try again in a minute"));
  }
}
