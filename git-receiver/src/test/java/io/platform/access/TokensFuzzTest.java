package io.platform.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import io.platform.domain.port.InstallationSecrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever an Authorization header has: no exception, and nobody gets in who has no token. */
class TokensFuzzTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Map<String, String> KEPT = new ConcurrentHashMap<>();
  private static final InstallationSecrets SETTINGS =
      (name, first) -> KEPT.computeIfAbsent(name, n -> first.get());

  private static OauthServer server;
  private static AuthServerClient client;
  private static UserTokens users;
  private static TokenAuthenticator authenticator;
  private static WorkloadTokens work;

  @BeforeAll
  static void start() throws IOException, JOSEException {
    server = new OauthServer();
    client = new AuthServerClient(server.config(), Duration.ofSeconds(10));
    users =
        new UserTokens(server.issuer().toString(), new IssuerKeys(client, () -> NOW), () -> NOW);
    authenticator = TokenAuthenticator.of(server.config(), Duration.ofSeconds(10), () -> NOW);
    work = JwtWorkloadTokens.open(SETTINGS, () -> NOW);
  }

  @AfterAll
  static void stop() {
    authenticator.close();
    client.close();
    server.close();
  }

  @FuzzTest(maxDuration = "1m", maxExecutions = 900_000)
  void header(byte[] bytes) {
    Optional<String> header = Optional.of(new String(bytes, ISO_8859_1));

    assertThat(authenticator.authenticate(header)).isInstanceOf(Authentication.Rejected.class);
    assertThat(work.build(header)).isEmpty();
    assertThat(work.release(header)).isEmpty();
  }

  /** What an auth server has signed that says other things than ours. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 250_000)
  void signedClaims(byte[] claims) throws Exception {
    ECKey key = server.keys.getFirst();

    UserTokens.Check check = users.check(sign(key, "at+jwt", claims));

    switch (check) {
      case UserTokens.Check.Good(String subject) -> assertThat(subject).isNotNull();
      case UserTokens.Check.Bad(String sentence) -> assertThat(sentence).endsWith("try again.");
    }
  }

  /** What this installation's own key has signed, of an older or newer version, say. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 50_000)
  void workClaims(byte[] claims) throws Exception {
    ECKey key = ECKey.parse(KEPT.getOrDefault("work_token_key", ""));
    Optional<String> header = Optional.of("Bearer " + sign(key, "platform-work+jwt", claims));

    boolean forBuild = work.build(header).isPresent();
    boolean forRelease = work.release(header).isPresent();

    assertThat(forBuild && forRelease).isFalse();
  }

  private static String sign(ECKey key, String type, byte[] claims) throws JOSEException {
    JWSHeader.Builder header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type));
    JWSObject signed =
        new JWSObject(
            key.getKeyID() == null ? header.build() : header.keyID(key.getKeyID()).build(),
            new Payload(claims));
    signed.sign(new ECDSASigner(key));
    return signed.serialize();
  }
}
