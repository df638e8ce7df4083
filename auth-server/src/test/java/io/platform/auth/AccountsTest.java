package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.AccountRefused;
import java.nio.file.Path;
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
final class AccountsTest {

  private final TestDatabase database;
  @TempDir Path directory;
  private RunningAuth server;
  private String admin = "";

  AccountsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    server = RunningAuth.in(database, directory);
    admin = server.adminToken();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesAnAccountWithItsOwnNamespaceAndCustomer() {
    Answer made = create("{\"email\":\"Jane.Doe+x@Example.com\",\"password\":\"a good password\"}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("email")).isEqualTo("jane.doe+x@example.com");
    assertThat(made.text("namespace")).isEqualTo("jane-doe");
    Answer jane = server.introspect(server.tokenOf("jane.doe+x@example.com", "a good password"));
    assertThat(jane.text("sub")).isEqualTo(made.text("id"));
    assertThat(jane.text("namespace")).isEqualTo("jane-doe");
    assertThat(jane.text("customer")).isNotEqualTo(server.introspect(admin).text("customer"));
  }

  @ParameterizedTest
  @CsvSource({
    "admin@example.com, admin-2",
    "api@example.com, api-2",
    "42@example.com, user",
    "9to5@example.com, to5",
    "A_very.long-name.that-does.not-fit.in@example.com, a-very-long-name-that-does-not",
    "zoë@example.com, zo",
  })
  void derivesTheNamespaceFromTheAddress(String email, String namespace) {
    Answer made = create("{\"email\":\"%s\",\"password\":\"a good password\"}".formatted(email));

    assertThat(made.text("namespace")).as(made.response().body()).isEqualTo(namespace);
  }

  @Test
  void suffixesANamespaceThatIsTaken() {
    create("{\"email\":\"jane@a.example\",\"password\":\"a good password\"}");
    create("{\"email\":\"jane@b.example\",\"password\":\"a good password\"}");
    Answer third = create("{\"email\":\"jane@c.example\",\"password\":\"a good password\"}");

    assertThat(third.text("namespace")).isEqualTo("jane-3");
  }

  @Test
  void takesTheNamespaceThatIsAskedFor() {
    String body = "{\"email\":\"%s\",\"password\":\"a good password\",\"namespace\":\"%s\"}";

    assertThat(create(body.formatted("a@example.com", "acme")).text("namespace")).isEqualTo("acme");
    assertThat(create(body.formatted("b@example.com", "acme")).status()).isEqualTo(409);
    assertThat(create(body.formatted("b@example.com", "objects")).status()).isEqualTo(422);
    assertThat(create(body.formatted("b@example.com", "beta")).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"email\":\"admin@LOCALHOST\",\"password\":\"a good password\"}`, 409",
        "`{\"email\":\"nobody\",\"password\":\"a good password\"}`, 422",
        "`{\"email\":\"a@example.com\",\"password\":\"short\"}`, 422",
        "`{\"email\":\"a@example.com\"}`, 400",
        "`{\"email\":\"a@example.com\",\"password\":\"a good password\",\"colour\":\"red\"}`, 400",
        "`{\"email\":`, 400",
        "`null`, 400",
        "`[]`, 400",
      })
  void refusesWithAProblem(String body, int status) {
    Answer refused = create(body);

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.json().path("status").asInt()).isEqualTo(status);
    assertThat(refused.text("title")).isNotEmpty();
    assertThat(refused.text("detail"))
        .isNotEmpty()
        .doesNotContain("Exception")
        .doesNotContain("a good password");
  }

  @Test
  void refusesPasswordsBeyondItsLimits() {
    String body = "{\"email\":\"a@example.com\",\"password\":\"%s\"}";

    assertThat(create(body.formatted("x".repeat(1025))).status()).isEqualTo(422);
    assertThat(create(body.formatted("x".repeat(17_000))).status()).isEqualTo(413);
    assertThat(create(body.formatted("x".repeat(1024))).status()).isEqualTo(201);
    assertThat(server.login("a@example.com", "x".repeat(1024)).status()).isEqualTo(200);
  }

  @Test
  void isForAdministratorsOnly() {
    String jane = server.newUser("jane@example.com");

    assertThat(server.get("/auth/v1/accounts", jane).status()).isEqualTo(403);
    assertThat(server.call("POST", "/auth/v1/accounts", jane, "{}").status()).isEqualTo(403);
    Answer nobody = server.send(server.to("/auth/v1/accounts"));
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"platform\"");
    Answer forged = server.get("/auth/v1/accounts", "forged");
    assertThat(forged.status()).isEqualTo(401);
    assertThat(forged.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  @Test
  void listsAccountsWithoutSecrets() {
    server.newUser("jane@example.com");

    Answer listed = server.get("/auth/v1/accounts", admin);

    assertThat(listed.json().findValuesAsText("email"))
        .containsExactly("admin@localhost", "jane@example.com");
    assertThat(listed.json().at("/0/admin").asBoolean()).isTrue();
    assertThat(listed.response().body()).doesNotContain("argon2");
  }

  @Test
  void makesAnotherAdministratorWhenAsked() {
    create("{\"email\":\"root@example.com\",\"password\":\"a good password\",\"admin\":true}");

    String root = server.tokenOf("root@example.com", "a good password");
    assertThat(server.get("/auth/v1/accounts", root).status()).isEqualTo(200);
  }

  @Test
  void changesOnesOwnPasswordAndEndsAllLogins() {
    String jane = server.newUser("jane@example.com");
    String elsewhere = server.tokenOf("jane@example.com", RunningAuth.PASSWORD);

    assertThat(changePassword(jane, RunningAuth.PASSWORD, "a brand new password").status())
        .isEqualTo(204);

    assertThat(server.isActive(jane)).isFalse();
    assertThat(server.isActive(elsewhere)).isFalse();
    assertThat(server.isActive(admin)).isTrue();
    assertThat(server.login("jane@example.com", RunningAuth.PASSWORD).status()).isEqualTo(400);
    assertThat(server.login("jane@example.com", "a brand new password").status()).isEqualTo(200);
  }

  @Test
  void changesNoPasswordWithoutTheOldOneOrToABadOne() {
    String jane = server.newUser("jane@example.com");

    Answer wrong = changePassword(jane, "not the password", "a brand new password");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.text("detail")).contains("old password is wrong");
    assertThat(changePassword(jane, RunningAuth.PASSWORD, "short").status()).isEqualTo(422);
    assertThat(server.call("PUT", "/auth/v1/me/password", jane, "{}").status()).isEqualTo(400);
    assertThat(changePassword("forged", RunningAuth.PASSWORD, "a brand new password").status())
        .isEqualTo(401);
    assertThat(server.isActive(jane)).isTrue();
  }

  @Test
  void guessesAtTheOldPasswordAreCountedAsLogins() {
    String jane = server.newUser("jane@example.com");
    Answer last = changePassword(jane, "guess", "a brand new password");
    for (int i = 0; i < 20 && last.status() == 403; i++) {
      last = changePassword(jane, "guess", "a brand new password");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isNotEmpty();
    assertThat(server.login("jane@example.com", RunningAuth.PASSWORD).status()).isEqualTo(429);
  }

  private Answer changePassword(String token, String old, String replacement) {
    return server.call(
        "PUT",
        "/auth/v1/me/password",
        token,
        "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(old, replacement));
  }

  private Answer create(String json) {
    return server.call("POST", "/auth/v1/accounts", admin, json);
  }

  @Test
  void aRemovedAccountIsLoggedOutAndGone() {
    String jane = server.newUser("jane@example.com");

    Answer removed = server.delete("/auth/v1/accounts/jane@example.com", admin);

    assertThat(removed.status()).as(removed.response().body()).isEqualTo(200);
    assertThat(removed.json().path("inherited").toString()).isEqualTo("[\"jane\"]");
    assertThat(server.isActive(jane)).isFalse();
    assertThat(server.get("/auth/v1/namespaces", jane).status()).isEqualTo(401);
    assertThat(server.login("jane@example.com", RunningAuth.PASSWORD).status()).isEqualTo(400);
    assertThat(server.get("/auth/v1/accounts", admin).response().body()).doesNotContain("jane@");
    assertThat(server.delete("/auth/v1/accounts/jane@example.com", admin).status()).isEqualTo(404);
  }

  @Test
  void whatARemovedAccountAloneOwnedBecomesTheAdministrators() {
    String jane = server.newUser("jane@example.com");
    server.newUser("bob@example.com");
    for (String name : new String[] {"alone", "shared"}) {
      server.call("POST", "/auth/v1/namespaces", jane, "{\"name\":\"" + name + "\"}");
    }
    server.call(
        "PUT", "/auth/v1/namespaces/shared/members/bob@example.com", jane, "{\"role\":\"owner\"}");

    Answer removed = server.delete("/auth/v1/accounts/jane@example.com", admin);

    assertThat(removed.json().path("inherited").toString()).isEqualTo("[\"alone\",\"jane\"]");
    assertThat(server.get("/auth/v1/namespaces/jane/members", admin).status()).isEqualTo(200);
    assertThat(server.get("/auth/v1/namespaces/shared/members", admin).status()).isEqualTo(404);
    assertThat(server.newUser("jane@other.example")).isNotEmpty();
    assertThat(
            server
                .introspect(server.tokenOf("jane@other.example", RunningAuth.PASSWORD))
                .text("namespace"))
        .as("the name is not given again")
        .isEqualTo("jane-2");
  }

  @Test
  void theLastAdministratorStays() {
    Answer refused = server.delete("/auth/v1/accounts/" + RunningAuth.ADMIN, admin);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("detail")).contains("ask another administrator");
    assertThat(server.isActive(admin)).isTrue();
  }

  @Test
  void onlyAdministratorsRemoveAccounts() {
    String jane = server.newUser("jane@example.com");
    server.newUser("bob@example.com");

    assertThat(server.delete("/auth/v1/accounts/bob@example.com", jane).status()).isEqualTo(403);
    assertThat(server.login("bob@example.com", RunningAuth.PASSWORD).status()).isEqualTo(200);
  }
}
