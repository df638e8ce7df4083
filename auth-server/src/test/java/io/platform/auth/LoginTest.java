package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.PasswordConfig;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class LoginTest {

  private final TestDatabase database;
  @TempDir Path directory;
  private RunningAuth server;

  LoginTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    server = RunningAuth.in(database, directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersWithATokenAsTheStandardsHaveIt() throws Exception {
    Answer answer = server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    assertThat(answer.json().path("expires_in").asLong()).isEqualTo(30L * 24 * 3600);
    assertThat(answer.text("scope")).isEqualTo("platform");
    SignedJWT token = SignedJWT.parse(answer.text("access_token"));
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(server.url);
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("platform");
    assertThat(token.getJWTClaimsSet().getClaims())
        .containsKeys("sub", "exp", "nbf", "iat", "jti", "customer", "scope", "client_id");
  }

  @Test
  void takesTheAddressInAnySpelling() {
    assertThat(server.login("  ADMIN@LocalHost ", RunningAuth.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void saysTheSameForAWrongPasswordAndAnUnknownAccount() {
    Answer wrong = server.login(RunningAuth.ADMIN, "not the password");
    Answer unknown = server.login("nobody@localhost", "not the password");

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text("error")).isEqualTo("invalid_grant");
    assertThat(wrong.text("error_description")).isNotEmpty();
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
  }

  @Test
  void refusesAPasswordTooLongToBeOne() {
    assertThat(server.login(RunningAuth.ADMIN, "x".repeat(1025)).text("error"))
        .isEqualTo("invalid_grant");
    assertThat(server.login(RunningAuth.ADMIN, "x".repeat(20_000)).text("error"))
        .isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "'client_id=platform-cli&username=a&password=b', 400, invalid_request",
    "'grant_type=password&username=a&password=b', 400, invalid_request",
    "'grant_type=password&client_id=other&username=a&password=b', 401, invalid_client",
    "'grant_type=client_credentials&client_id=platform-cli', 400, unsupported_grant_type",
    "'grant_type=password&client_id=platform-cli&username=a', 400, invalid_request",
    "'grant_type=password&client_id=platform-cli&username=a&password=', 400, invalid_request",
    "'grant_type=password&client_id=platform-cli&username=a&username=b&password=c', 400, invalid_request",
    "'grant_type=password&client_id=platform-cli&username=a&password=%zz', 400, invalid_request",
    "'grant_type=password&client_id=platform-cli&username=a&password=b&scope=root', 400, invalid_scope",
    "'', 400, invalid_request",
  })
  void namesWhatIsWrongWithARequest(String body, int status, String error) {
    Answer answer =
        server.send(
            server
                .to("/oauth/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("error")).isEqualTo(error);
    assertThat(answer.text("error_description")).isNotEmpty().matches("[ -!#-\\[\\]-~]+");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void ignoresParametersThatMeanNothingHere() {
    Answer answer =
        server.send(
            server.form(
                "/oauth/token",
                "grant_type",
                "password",
                "client_id",
                "platform-cli",
                "username",
                RunningAuth.ADMIN,
                "password",
                RunningAuth.PASSWORD,
                "authorization_details",
                "[".repeat(5000),
                "resource",
                "no url",
                "",
                "x"));

    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/token, grant_type=password&client_id=platform-cli&username=%20&password=b",
    "/oauth/token, grant_type=password&client_id=platform-cli&username=a&password=%00",
    "/oauth/revoke, client_id=platform-cli",
  })
  void refusesAParameterThatIsBlankOrMissing(String path, String body) {
    Answer answer =
        server.send(
            server
                .to(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("invalid_request");
    assertThat(answer.text("error_description")).contains("parameter").endsWith(".");
  }

  @Test
  void takesNoPasswordFromTheUrlOrFromJson() {
    String query =
        "?grant_type=password&client_id=platform-cli&username=admin%40localhost&password=correct+horse+battery";
    assertThat(server.send(server.form("/oauth/token" + query)).text("error"))
        .isEqualTo("invalid_request");
    assertThat(server.call("POST", "/oauth/token", "x", "{}").text("error"))
        .isEqualTo("invalid_request");
  }

  @Test
  void doesNotLogPeopleInThroughAConfidentialClient() {
    Answer answer =
        server.send(
            server
                .form(
                    "/oauth/token",
                    "grant_type",
                    "password",
                    "username",
                    RunningAuth.ADMIN,
                    "password",
                    RunningAuth.PASSWORD)
                .header("Authorization", RunningAuth.basic("git-receiver", RunningAuth.SECRET)));

    assertThat(answer.text("error")).isEqualTo("unauthorized_client");
  }

  @Test
  void hashesAgainWhenTheCostHasChanged() throws AccountRefused {
    server.close();
    AuthConfig dearer =
        RunningAuth.config(database, directory).withPasswords(new PasswordConfig(10, 128, 2, 1));
    server = RunningAuth.start(dearer, Clock.systemUTC());
    assertThat(storedHash()).contains("m=64,t=1");

    String token = server.adminToken();

    assertThat(storedHash()).startsWith("$argon2id$").contains("m=128,t=2");
    assertThat(server.isActive(token)).isTrue();
    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(200);
  }

  private String storedHash() {
    return database
        .rows(directory)
        .withHandle(
            h -> h.createQuery("select password_hash from account").mapTo(String.class).one());
  }
}
